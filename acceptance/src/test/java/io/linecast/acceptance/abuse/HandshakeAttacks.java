package io.linecast.acceptance.abuse;

import static io.linecast.acceptance.abuse.LineAttacks.LONG;
import static io.linecast.acceptance.abuse.LineAttacks.MOMENT;
import static io.linecast.acceptance.abuse.LineAttacks.many;
import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.linecast.acceptance.abuse.Attack.Expected;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;

/** What can be done to a port before its first line: to TLS, and to the header of a proxy. */
final class HandshakeAttacks {

  private static final String CLIENT_HELLO = clientHello();
  private static final String SIGNATURE = "\r\n\r\n\0\r\nQUIT\n";

  private HandshakeAttacks() {}

  static List<Attack> onTls() {
    return List.of(
        closed("200 that say nothing", 200, ""),
        closed("lines without TLS, 40 times", 40, "hello\n".repeat(100)),
        closed("a request without TLS", 1, "GET / HTTP/1.1\r\nHost: a\r\n\r\n"),
        closed("half a ClientHello, 100 times", 100, CLIENT_HELLO.substring(0, 60)),
        closed("a ClientHello, then silence, 100 times", 100, CLIENT_HELLO),
        closed("a ClientHello twice", 1, CLIENT_HELLO + CLIENT_HELLO),
        closed("a ClientHello, then rubbish", 1, CLIENT_HELLO + "rubbish".repeat(1_000)),
        closed("a record of the greatest length that is none", 1, "\26\3\1\u00ff\u00ff\1"),
        closed("a handshake of another version", 1, "\26\2\0\0\4\1\0\0\0"),
        closed("an alert first", 1, "\25\3\3\0\2\2\50"),
        closed("data before the handshake", 1, "\27\3\3\0\5hello"),
        floods("keys changed 200 times on end", "TLSv1.3"),
        floods("a handshake anew within a connection", "TLSv1.2"),
        new Attack(
            "20 handshakes, then a reset",
            Expected.LEFT,
            many(
                20,
                MOMENT,
                one -> {
                  one.secure("TLSv1.3");
                  one.reset();
                })),
        new Attack(
            "a ClientHello of a byte each 50 ms",
            Expected.CLOSED,
            door -> LineAttacks.drip(door, CLIENT_HELLO)),
        new Attack(
            "500 handshakes that are reset midway",
            Expected.LEFT,
            many(
                500,
                MOMENT,
                one -> {
                  one.send(CLIENT_HELLO);
                  one.reset();
                })));
  }

  static List<Attack> onProxyHeaders() {
    return List.of(
        closed("no header, 100 times", 100, "hello\n"),
        closed("200 that say nothing", 200, ""),
        closed("half a header, 100 times", 100, "PROXY TCP4 192.0.2.1 "),
        closed("a header without an end", 1, "PROXY TCP4 " + "1".repeat(10_000)),
        closed("addresses that are none", 1, "PROXY TCP4 a.b.c.d 1.2.3.4 x y\r\nhello\n"),
        closed("a port of 99999", 1, "PROXY TCP4 192.0.2.1 192.0.2.2 99999 1\r\nhello\n"),
        closed("version 2, of another version", 1, SIGNATURE + "\u00ff\21\0\14" + "\0".repeat(12)),
        closed("version 2, addresses too short", 1, SIGNATURE + "\41\21\0\2\0\0"),
        closed(
            "version 2, 64 KiB announced",
            1,
            SIGNATURE + "\41\21\u00ff\u00ff" + "\0".repeat(9_000)),
        new Attack(
            "a header of a byte each 50 ms",
            Expected.CLOSED,
            door -> LineAttacks.drip(door, "PROXY TCP4 192.0.2.1 192.0.2.200 40000 1234")),
        new Attack(
            "200 headers, then a reset",
            Expected.LEFT,
            many(
                200,
                MOMENT,
                one -> {
                  one.send("PROXY TCP4 192.0.2.1 192.0.2.2 4711 1234\r\n");
                  one.reset();
                })));
  }

  /** Within a connection that is there, the JDK begins what its version has for that. */
  private static Attack floods(String name, String version) {
    return new Attack(
        name,
        Expected.CLOSED,
        many(
            1,
            LONG,
            one -> {
              SSLSocket secure = one.secure(version);
              LineAttacks.sendWithPatience(one, () -> shakeHandsAnew(secure));
            }));
  }

  private static void shakeHandsAnew(SSLSocket secure) {
    try {
      for (int i = 0; i < 200; i++) {
        secure.startHandshake();
      }
    } catch (IOException closed) {
      // That is what becomes of it.
    }
  }

  private static Attack closed(String name, int times, String chars) {
    return new Attack(name, Expected.CLOSED, many(times, LONG, one -> one.send(chars)));
  }

  /** A real one. */
  private static String clientHello() {
    try {
      SSLEngine engine = Trusting.context().createSSLEngine();
      engine.setUseClientMode(true);
      ByteBuffer hello = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
      engine.wrap(ByteBuffer.allocate(0), hello);
      return ISO_8859_1.decode(hello.flip()).toString();
    } catch (SSLException e) {
      throw new IllegalStateException(e);
    }
  }
}
