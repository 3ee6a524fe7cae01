package io.linecast.server;

import io.linecast.fuzz.Cuts;
import io.linecast.fuzz.Property;
import io.linecast.server.web.FrameReading;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Whatever frames a client sends on a WebSocket, plain or of LINECAST/1: it is sent frames and
 * nothing else, its neighbours hear whole lines and all of theirs, and when it has gone, nothing is
 * left of it.
 *
 * <p>An input is frames as a client sends them, with their masks; a query may come before them that
 * ends with a line feed, where the first byte is a question mark.
 */
public final class WebSocketProperty implements Property {

  private static final int LITTLE_ROOM_BYTES = 9;
  private static final String NOT_TEXT = "a text ";
  private static final String HEAD_END = "\r\n\r\n";
  private static final List<String> SUBPROTOCOLS =
      List.of("", "Sec-WebSocket-Protocol: " + MessageFraming.SUBPROTOCOL + "\r\n");

  private record Outcome(List<String> published, String sent) {

    /** Whether what had come of a text that is none, or of what is unanswered, has counted. */
    boolean isMatterOfReads() {
      return sent.contains(NOT_TEXT) || sent.contains("overload");
    }
  }

  @Override
  public void check(byte[] input) {
    int end = Math.max(0, indexOfLineFeed(input));
    boolean asks = input.length > 0 && input[0] == '?' && end > 0 && isQuery(input, end);
    String query = asks ? new String(input, 0, end, StandardCharsets.US_ASCII) : "";
    byte[] frames = asks ? Arrays.copyOfRange(input, end + 1, input.length) : input;
    for (String subprotocol : SUBPROTOCOLS) {
      Outcome first = null;
      for (Cuts cuts : Cuts.values()) {
        Outcome outcome = run("/ws" + query, subprotocol, frames, cuts);
        Outcome expected = first;
        Property.require(
            expected == null
                || expected.isMatterOfReads()
                || outcome.isMatterOfReads()
                || expected.published().equals(outcome.published()),
            () -> "cuts " + cuts + ": " + outcome + ", not " + expected);
        first = first == null ? outcome : first;
      }
    }
  }

  private static int indexOfLineFeed(byte[] input) {
    int at = 0;
    while (at < input.length && input[at] != '\n') {
      at++;
    }
    return at < input.length ? at : -1;
  }

  /** Whether it can stand in a request line. */
  private static boolean isQuery(byte[] input, int end) {
    for (int i = 0; i < end; i++) {
      if (input[i] <= ' ' || input[i] > '~') {
        return false;
      }
    }
    return true;
  }

  private static Outcome run(String path, String subprotocol, byte[] frames, Cuts cuts) {
    VirtualServer server = new VirtualServer(WebPortProperty.OPTIONS);
    Neighbours neighbours = new Neighbours(server);
    VirtualSocket client = server.connectWeb();
    client.send(handshake(path, subprotocol).getBytes(StandardCharsets.US_ASCII));
    server.settle();
    if (cuts == Cuts.PARTS) {
      client.setRoomBytes(0);
    }
    for (byte[] read : cuts.of(frames)) {
      client.send(read);
      server.settle();
      if (cuts == Cuts.PARTS) {
        client.setRoomBytes(LITTLE_ROOM_BYTES);
      }
    }
    neighbours.goOn();
    client.sendEnd();
    client.setRoomBytes(Integer.MAX_VALUE);
    neighbours.sayDone();
    server.waitLong();
    Property.require(!client.isOpen(), () -> "the connection stays open");
    neighbours.end();
    String sent = new String(client.written(), StandardCharsets.ISO_8859_1);
    server.close();
    if (sent.startsWith("HTTP/1.1 101 ")) {
      checkFrames(sent.substring(sent.indexOf(HEAD_END) + HEAD_END.length()), subprotocol);
    }
    return new Outcome(neighbours.published(), sent);
  }

  private static String handshake(String path, String subprotocol) {
    return "GET "
        + path
        + " HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
        + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
        + subprotocol
        + "\r\n";
  }

  private static void checkFrames(String sent, String subprotocol) {
    FrameReading frames = FrameReading.of(sent.getBytes(StandardCharsets.ISO_8859_1), false);
    Property.require(
        frames.isAtEnd() && frames.isClosed() && !frames.isWrong() && !frames.isNotText(),
        () -> "no frames, or none that says good-bye: " + sent);
    if (!subprotocol.isEmpty()) {
      ByteArrayOutputStream lines = new ByteArrayOutputStream();
      for (FrameReading.Message message : frames.messages()) {
        if (!message.isControl()) {
          lines.writeBytes((message.payload() + "\n").getBytes(StandardCharsets.ISO_8859_1));
        }
      }
      String nonce = lines.toString(StandardCharsets.ISO_8859_1).split(" ", 3)[1];
      Heard.of(lines.toByteArray(), nonce);
    }
  }
}
