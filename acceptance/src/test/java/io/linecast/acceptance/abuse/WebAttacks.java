package io.linecast.acceptance.abuse;

import static io.linecast.acceptance.abuse.LineAttacks.LONG;
import static io.linecast.acceptance.abuse.LineAttacks.MOMENT;
import static io.linecast.acceptance.abuse.LineAttacks.many;

import io.linecast.acceptance.abuse.Attack.Expected;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What can be done to the web port, encrypted or not. */
final class WebAttacks {

  private static final String HOST = " HTTP/1.1\r\nHost: localhost\r\n";
  static final String UPGRADE =
      "GET /ws"
          + HOST
          + "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
          + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";

  /** What a close frame says: 1002, and 1007. */
  private static final String CLOSE_PROTOCOL = "\u0003\u00ea";

  private static final String CLOSE_TEXT = "\u0003\u00ef";

  private WebAttacks() {}

  static List<Attack> all() {
    List<Attack> attacks = new ArrayList<>();
    attacks.addAll(onRequests());
    attacks.addAll(bySlowness());
    attacks.addAll(onBodies());
    attacks.addAll(onStreams());
    attacks.addAll(onWebSockets());
    attacks.addAll(byWebSocketsInNumbers());
    return attacks;
  }

  private static Attack told(String name, String said, String request) {
    return Attack.told(name, said, many(1, LONG, one -> one.send(request)));
  }

  private static Attack borne(String name, String request) {
    return new Attack(name, Expected.BORNE, many(1, MOMENT, one -> one.send(request)));
  }

  private static List<Attack> onRequests() {
    return List.of(
        told("garbage", "HTTP/1.1 400 ", "\0\1\2 what is this\r\n\r\n"),
        told("the preface of HTTP/2", "HTTP/1.1 505 ", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
        told(
            "a request line of 1 MiB",
            "HTTP/1.1 414 ",
            "GET /" + "a".repeat(1 << 20) + HOST + "\r\n"),
        told(
            "10,000 headers",
            "HTTP/1.1 431 ",
            "GET /lines" + HOST + "X: y\r\n".repeat(10_000) + "\r\n"),
        told(
            "CONNECT",
            "HTTP/1.1 404 ",
            "CONNECT example.org:443" + HOST + "Connection: close\r\n\r\n"),
        told(
            "a path out of the page's folder",
            "HTTP/1.1 404 ",
            "GET /page/..%2f..%2f..%2fetc/passwd" + HOST + "Connection: close\r\n\r\n"),
        told(
            "another site's Host (DNS rebinding)",
            "HTTP/1.1 421 ",
            "GET /lines HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"),
        told(
            "another site's page that publishes",
            "HTTP/1.1 403 ",
            "POST /lines"
                + HOST
                + "Origin: https://evil.example\r\nContent-Length: 2\r\nConnection: close\r\n\r\nx\n"),
        told(
            "a wrong token",
            "HTTP/1.1 401 ",
            "GET /api/status" + HOST + "Authorization: Bearer guess\r\nConnection: close\r\n\r\n"));
  }

  private static List<Attack> bySlowness() {
    return List.of(
        Attack.told(
            "headers of a byte each 50 ms (slow loris)",
            "HTTP/1.1 408 ",
            door -> LineAttacks.drip(door, "GET /lines HTTP/1.1\r\nX-A: " + "a".repeat(400))),
        Attack.told(
            "100 that send half a request and wait",
            "HTTP/1.1 408 ",
            many(100, LONG, half -> half.send("GET /lines HTTP/1.1\r\nHost: loc"))),
        new Attack("200 that say nothing", Expected.CLOSED, many(200, LONG, idle -> {})),
        new Attack(
            "50,000 requests in one piece, answers unread",
            Expected.BORNE,
            many(1, MOMENT, WebAttacks::pipeline)),
        new Attack(
            "100 times 3,000 requests in one piece, answers unread",
            Expected.BORNE,
            many(100, MOMENT, greedy -> greedy.send("GET / HTTP/1.1\r\n\r\n".repeat(3_000)))));
  }

  private static void pipeline(Attacker attacker) {
    String requests = ("GET /health/live" + HOST + "\r\n").repeat(50_000);
    LineAttacks.sendWithPatience(attacker, () -> attacker.send(requests));
  }

  private static List<Attack> onBodies() {
    String post = "POST /lines" + HOST;
    return List.of(
        told(
            "a body of 2 GB, announced",
            "HTTP/1.1 413 ",
            post + "Content-Length: 2000000000\r\n\r\nx"),
        told("a negative length", "HTTP/1.1 400 ", post + "Content-Length: -1\r\n\r\n"),
        told(
            "two lengths",
            "HTTP/1.1 400 ",
            post + "Content-Length: 1\r\nContent-Length: 2\r\n\r\nx\n"),
        told(
            "a length and chunks (smuggling)",
            "HTTP/1.1 400 ",
            post + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /"),
        told(
            "chunks that are none",
            "HTTP/1.1 400 ",
            post + "Transfer-Encoding: chunked\r\n\r\nzz\r\nxx\r\n"),
        told(
            "a chunk of 2^60 bytes",
            "HTTP/1.1 400 ",
            post + "Transfer-Encoding: chunked\r\n\r\nfffffffffffffff\r\nx"),
        told("a body that never comes", "HTTP/1.1 408 ", post + "Content-Length: 100\r\n\r\nhalf"),
        Attack.told(
            "60 bodies of 1 MiB that stop before their end",
            "HTTP/1.1 408 ",
            many(
                60,
                LONG,
                one -> one.send(post + "Content-Length: 1000000\r\n\r\n" + "b".repeat(999_000)))));
  }

  private static List<Attack> onStreams() {
    return List.of(
        new Attack(
            "100 streams of events that are never read",
            Expected.BORNE,
            many(
                100,
                Duration.ZERO,
                one -> one.send("GET /lines" + HOST + "Accept: text/event-stream\r\n\r\n"))));
  }

  private static List<Attack> onWebSockets() {
    return List.of(
        told(
            "a WebSocket without a key",
            "HTTP/1.1 400 ",
            UPGRADE.replaceAll("Sec-WebSocket-Key.*\r\n", "")),
        told("an unmasked frame", CLOSE_PROTOCOL, UPGRADE + "\u0081\u0001x"),
        told("a frame with reserved bits", CLOSE_PROTOCOL, UPGRADE + "\u00f1\u0081\0\0\0\0x"),
        told("an unknown opcode", CLOSE_PROTOCOL, UPGRADE + "\u0083\u0081\0\0\0\0x"),
        borne(
            "a frame of 2^63 bytes",
            UPGRADE + "\u0081\u00ff\177\377\377\377\377\377\377\377\0\0\0\0"),
        told(
            "a ping of 200 bytes",
            CLOSE_PROTOCOL,
            UPGRADE + "\u0089\u00fe\0\u00c8\0\0\0\0" + "p".repeat(200)),
        told("a text that is no UTF-8", CLOSE_TEXT, UPGRADE + "\u0081\u0082\0\0\0\0\u00ff\u00fe"));
  }

  private static List<Attack> byWebSocketsInNumbers() {
    return List.of(
        new Attack(
            "a message of 64 MiB in parts",
            Expected.BORNE,
            many(1, MOMENT, WebAttacks::sendEndlessMessage)),
        new Attack(
            "100,000 pings, pongs unread",
            Expected.BORNE,
            many(
                1,
                MOMENT,
                one -> {
                  one.send(UPGRADE);
                  String pings = "\u0089\u0084\0\0\0\0ping".repeat(100_000);
                  LineAttacks.sendWithPatience(one, () -> one.send(pings));
                })),
        new Attack(
            "a WebSocket that is reset, 200 times",
            Expected.LEFT,
            many(
                200,
                MOMENT,
                one -> {
                  one.send(UPGRADE);
                  one.reset();
                })));
  }

  /** A head of a text that goes on, then parts of 64 KiB without end. */
  private static void sendEndlessMessage(Attacker attacker) {
    attacker.send(UPGRADE + "\u0001\u0081\0\0\0\0x");
    String part = "\0\u00ff\0\0\0\0\0\1\0\0\0\0\0\0" + "m".repeat(64 << 10);
    for (int i = 0; i < 1_000; i++) {
      if (!attacker.send(part)) {
        return;
      }
    }
  }
}
