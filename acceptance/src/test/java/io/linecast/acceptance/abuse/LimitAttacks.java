package io.linecast.acceptance.abuse;

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
  private static final Duration SECONDS = Duration.ofSeconds(3);

  /** Before the web port closes those who ask for nothing (--request-time 1s). */
  private static final Duration SOON = Duration.ofMillis(600);

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
        borne("12,000 lines in two requests", "max-lines-rate", from(5), (post + body).repeat(2)));
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
