package io.linecast.acceptance.abuse;

import static io.linecast.acceptance.abuse.LineAttacks.LONG;
import static io.linecast.acceptance.abuse.LineAttacks.MOMENT;
import static io.linecast.acceptance.abuse.LineAttacks.many;

import io.linecast.acceptance.abuse.Attack.Expected;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** What is too much of something, by clients of addresses that a proxy tells. */
final class LimitAttacks {

  /** What a server allows that is attacked so; who is healthy needs less. */
  static final List<String> LIMITS =
      List.of(
          "--allow=203.0.113.0/24",
          "--max-per-address=20",
          "--accept-rate-per-address=100",
          "--max-lines-rate=5000",
          "--max-bytes-rate=1m",
          "--max-memory=8m");

  /** What is held is looked at once a second. */
  private static final Duration SECONDS = Duration.ofSeconds(8);

  /** Before the web port closes those who ask for nothing (--request-time 12s). */
  private static final Duration SOON = Duration.ofSeconds(2);

  /** Behind that, and before the 30 s that a server has if it takes no notice of it. */
  private static final Duration LATER = Duration.ofSeconds(25);

  private LimitAttacks() {}

  static List<Attack> onLines() {
    return List.of(
        thinned("60 connections of one address", "max-per-address", 60, from(1)),
        thinned("300 of one address at once", "accept-rate-per-address", 300, from(2)),
        borne("20,000 lines at once", "max-lines-rate", from(3), "x\n".repeat(20_000)),
        borne("4 MiB at once", "max-bytes-rate", from(4), ("x".repeat(9_999) + "\n").repeat(400)),
        new Attack(
                "285 unfinished lines of 60 KiB, of 19 addresses",
                Expected.THINNED,
                many(285, SECONDS, ofSeveral(15).andThen(one -> one.send("x".repeat(60 << 10)))))
            .reaching("max-memory"));
  }

  static List<Attack> onWeb() {
    String body = "x\n".repeat(6_000);
    String post =
        "POST /lines HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + body.length() + "\r\n\r\n";
    return List.of(
        thinned("60 connections of one address", "max-per-address", 60, from(1)),
        borne("24,000 lines in four requests", "max-lines-rate", from(5), (post + body).repeat(4)));
  }

  /** Of people whom no network names, and who have no token. */
  static List<Attack> onLinesByStrangers() {
    String guess = "LINECAST/1 attacker-nonce token=lc_%s\n".formatted("a".repeat(43));
    return List.of(
        new Attack(
            "100 strangers' lines", Expected.CLOSED, many(100, LONG, strangers("let me in\n"))),
        Attack.told(
            "100 strangers who guess a token", " no auth ", many(100, LONG, strangers(guess))),
        new Attack("100 strangers who say nothing", Expected.CLOSED, many(100, LONG, strangers("")))
            .reaching("hello-time"));
  }

  static List<Attack> onWebByStrangers() {
    String head = " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n";
    String guess = "Authorization: Bearer lc_" + "a".repeat(43) + "\r\n\r\n";
    return List.of(
        Attack.told(
            "100 strangers who guess a token",
            " 401 ",
            many(100, LONG, strangers("GET /lines" + head + guess))),
        Attack.told(
            "a stranger who wants to know how the server is",
            " 401 ",
            many(1, LONG, strangers("GET /api/status" + head + "\r\n"))),
        Attack.told(
            "a stranger's body of 1 MB, announced",
            " 401 ",
            many(1, LATER, strangers("POST /lines" + head + "Content-Length: 1000000\r\n\r\n"))));
  }

  /** Headers by which somebody who is no proxy would be many. */
  static List<Attack> byImpostors() {
    return List.of(thinned("60 that say they are others", "max-per-address", 60, ofSeveral(1)));
  }

  private static Consumer<Attacker> strangers(String words) {
    AtomicInteger count = new AtomicInteger();
    return one ->
        one.send(
            "PROXY TCP4 198.51.100.%d 192.0.2.2 4711 1234\r\n%s"
                .formatted(1 + count.getAndIncrement() % 200, words));
  }

  private static Attack thinned(String name, String limit, int times, Consumer<Attacker> deed) {
    return new Attack(name, Expected.THINNED, many(times, SOON, deed)).reaching(limit);
  }

  private static Attack borne(String name, String limit, Consumer<Attacker> first, String chars) {
    return new Attack(
            name,
            Expected.BORNE,
            many(
                1,
                MOMENT,
                first.andThen(one -> LineAttacks.sendWithPatience(one, () -> one.send(chars)))))
        .reaching(limit);
  }

  private static Consumer<Attacker> from(int address) {
    return one -> one.send(header(address));
  }

  /** So many of each address. */
  private static Consumer<Attacker> ofSeveral(int each) {
    AtomicInteger count = new AtomicInteger();
    return one -> one.send(header(100 + count.getAndIncrement() / each));
  }

  private static String header(int address) {
    return "PROXY TCP4 203.0.113.%d 192.0.2.2 4711 1234\r\n".formatted(address);
  }
}
