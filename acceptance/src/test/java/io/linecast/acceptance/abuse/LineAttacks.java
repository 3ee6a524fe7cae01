package io.linecast.acceptance.abuse;

import io.linecast.acceptance.abuse.Attack.Expected;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** What can be done to a port for lines, encrypted or not. */
final class LineAttacks {

  static final Duration MOMENT = Duration.ofMillis(300);

  /** Less than the 10 s that a server has if it takes no notice of the times it is given. */
  static final Duration LONG = Duration.ofSeconds(9);

  private static final String HELLO = "LINECAST/1 attacker-nonce";

  private LineAttacks() {}

  static List<Attack> all() {
    List<Attack> attacks = new ArrayList<>();
    attacks.addAll(onConnections());
    attacks.addAll(onLines());
    attacks.addAll(onHellos());
    attacks.addAll(onLinecast());
    return attacks;
  }

  /** The same, so many times over; each is left as it is, and closed at the end. */
  static Attack.Act many(int times, Duration look, Consumer<Attacker> deed) {
    return door -> {
      List<Attacker> all = new ArrayList<>();
      try {
        for (int i = 0; i < times; i++) {
          Attacker next = door.get();
          all.add(next);
          deed.accept(next);
        }
        long begin = System.nanoTime();
        return all.stream().map(each -> each.outcome(begin, look)).toList();
      } finally {
        all.forEach(Attacker::close);
      }
    };
  }

  private static List<Attack> onConnections() {
    return List.of(
        new Attack(
            "1,000 connections that are reset at once",
            Expected.LEFT,
            many(1_000, MOMENT, Attacker::reset)),
        new Attack(
            "200 that end their sending at once",
            Expected.CLOSED,
            many(200, LONG, Attacker::halfClose)),
        new Attack("300 that say nothing", Expected.BORNE, many(300, MOMENT, idle -> {})),
        new Attack(
            "100 that never read",
            Expected.BORNE,
            many(100, Duration.ZERO, idle -> idle.send("and never read\n"))));
  }

  private static List<Attack> onLines() {
    return List.of(
        new Attack("random bytes, 60 x 64 KiB", Expected.BORNE, many(60, MOMENT, random(64 << 10))),
        new Attack(
            "random bytes, then a reset, 60 times",
            Expected.LEFT,
            many(60, MOMENT, random(4 << 10).andThen(Attacker::reset))),
        new Attack(
            "a line of 64 MiB without an end",
            Expected.BORNE,
            many(1, MOMENT, LineAttacks::sendEndlessLine)),
        new Attack(
            "300 unfinished lines of 60 KiB, held",
            Expected.BORNE,
            many(300, MOMENT, holder -> holder.send("x".repeat(60 << 10)))),
        new Attack(
            "100,000 empty lines",
            Expected.BORNE,
            many(1, MOMENT, empty -> empty.send("\n".repeat(100_000)))),
        new Attack(
            "a request of HTTP where lines are spoken",
            Expected.BORNE,
            many(1, MOMENT, web -> web.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n"))));
  }

  private static List<Attack> onHellos() {
    return List.of(
        new Attack(
                "a hello that never ends, 40 times",
                Expected.CLOSED,
                many(40, LONG, half -> half.send("LINECAST/1 att")))
            .reaching("hello-time"),
        new Attack(
            "a hello of a byte each 50 ms",
            Expected.CLOSED,
            door -> drip(door, HELLO + " x".repeat(500))),
        Attack.told(
            "a hello of 1 MiB",
            " no too-long ",
            many(1, LONG, big -> big.send(HELLO + " " + "x".repeat(1 << 20) + "\n"))),
        told("a hello of another version", " no version ", "LINECAST/9 attacker-nonce\n"),
        told(
            "a hello with binary words", " no bad-hello ", HELLO + " \0\1\2=\377\376 channel=\0\n"),
        told(
            "a hello for a channel that is not there",
            " no channel ",
            HELLO + " channel=../../etc/passwd\n"),
        told("a hello with a wrong token", " no auth ", HELLO + " token=guess\n"),
        told(
            "a hello with every parameter twice",
            " no bad-hello ",
            HELLO + " ack=done ack=stored listen=no\n"));
  }

  private static Attack told(String name, String said, String hello) {
    return Attack.told(name, said, many(1, LONG, one -> one.send(hello)));
  }

  private static List<Attack> onLinecast() {
    String hello = HELLO + " listen=no\n";
    return List.of(
        told("an unknown verb", "BYE bad-verb ", hello + "DESTROY everything\n"),
        told("SEND without a number", "BYE bad-number ", hello + "SEND hello\n"),
        told(
            "SEND with a number of 20 digits",
            "BYE bad-number ",
            hello + "SEND 99999999999999999999 x\n"),
        told("DONE for a line to come", "BYE bad-number ", HELLO + "\nDONE 9000000000000000000\n"),
        told("a second hello", "BYE bad-verb ", hello + "LINECAST/1 attacker-again\n"),
        new Attack(
            "200,000 SENDs whose answers are never read",
            Expected.BORNE,
            many(1, Duration.ZERO, LineAttacks::sendAndNeverRead)),
        new Attack(
            "100,000 PINGs, answers unread",
            Expected.BORNE,
            many(
                1,
                Duration.ZERO,
                one -> sendInPieces(one, hello, "PING flood\n".repeat(1_000), 100))),
        new Attack(
            "random bytes behind a hello, 40 times",
            Expected.CLOSED,
            many(
                40,
                LONG,
                one -> {
                  one.send(hello);
                  random(8 << 10).accept(one);
                  one.halfClose();
                })));
  }

  private static void sendEndlessLine(Attacker attacker) {
    byte[] piece = "y".repeat(1 << 20).getBytes(StandardCharsets.US_ASCII);
    for (int i = 0; i < 64; i++) {
      attacker.send(piece);
    }
  }

  private static void sendAndNeverRead(Attacker attacker) {
    attacker.send(HELLO + " listen=no\n");
    sendWithPatience(
        attacker,
        () -> {
          StringBuilder lines = new StringBuilder();
          for (int n = 1; n <= 200_000; n++) {
            lines.append("SEND ").append(n).append(" never read\n");
          }
          attacker.send(lines.toString());
        });
  }

  private static void sendInPieces(Attacker attacker, String first, String piece, int times) {
    attacker.send(first);
    sendWithPatience(
        attacker,
        () -> {
          for (int i = 0; i < times; i++) {
            if (!attacker.send(piece)) {
              return;
            }
          }
        });
  }

  /** The server may stop reading, and then a send never ends: somebody else does it. */
  static void sendWithPatience(Attacker attacker, Runnable sending) {
    Thread sender = Thread.ofPlatform().daemon().name("attacker").start(sending);
    try {
      sender.join(1_500);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      attacker.close();
    }
  }

  /** Sends a character now and then, until it is closed; waits for that if nothing is left. */
  static List<Outcome> drip(Supplier<Attacker> door, String chars) {
    try (Attacker slow = door.get()) {
      long begin = System.nanoTime();
      StringBuilder heard = new StringBuilder();
      Outcome last = new Outcome("", Outcome.Ending.OPEN, Duration.ZERO);
      for (int i = 0; last.open() && i < chars.length(); i++) {
        slow.send(chars.substring(i, i + 1));
        last = slow.outcome(Duration.ofMillis(50));
        heard.append(last.answer());
      }
      if (last.open()) {
        last = slow.outcome(LONG);
        heard.append(last.answer());
      }
      Duration took = Duration.ofNanos(System.nanoTime() - begin);
      return List.of(new Outcome(heard.toString(), last.ending(), took));
    }
  }

  private static Consumer<Attacker> random(int bytes) {
    return attacker -> {
      byte[] noise = new byte[bytes];
      new Random(bytes + 31L * attacker.socket().getLocalPort()).nextBytes(noise);
      attacker.send(noise);
    };
  }
}
