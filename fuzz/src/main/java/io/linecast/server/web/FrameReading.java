package io.linecast.server.web;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Frames read the simple way (RFC 6455, 5.2), once all of them are there: what must come of them.
 * For one thread.
 */
public final class FrameReading {

  /**
   * A message, or a control frame.
   *
   * @param opcode of its first frame
   */
  public record Message(int opcode, String payload) {

    /** Whether it is one of the connection's own and not what somebody says. */
    public boolean isControl() {
      return opcode >= WebSocketFrames.CLOSE;
    }
  }

  private static final int MISSING_MAX = 3;
  private static final int[] GOES_ON = {0x80, 0xBF};

  private final ByteBuffer bytes;
  private final boolean masked;
  private final List<Message> messages = new ArrayList<>();
  private final ByteArrayOutputStream message = new ByteArrayOutputStream();
  private int opcode;
  private boolean wrong;
  private boolean notText;
  private boolean closed;

  private FrameReading(byte[] bytes, boolean masked) {
    this.bytes = ByteBuffer.wrap(bytes);
    this.masked = masked;
  }

  /** Reads a client's frames, which are masked, or a server's. */
  public static FrameReading of(byte[] bytes, boolean masked) {
    FrameReading reading = new FrameReading(bytes, masked);
    while (!reading.isOver() && reading.next()) {
      // It has read one.
    }
    return reading;
  }

  private boolean isOver() {
    return wrong || notText || closed;
  }

  /** Whatever came whole, up to what is wrong or the end. */
  public List<Message> messages() {
    return messages;
  }

  /** Whether what follows the messages is no frame. */
  public boolean isWrong() {
    return wrong;
  }

  /** Whether a text that is not UTF-8 follows them. */
  public boolean isNotText() {
    return notText;
  }

  /** Whether the last of the messages says good-bye. */
  public boolean isClosed() {
    return closed;
  }

  /** What has come of a message that is not whole. */
  public String unfinished() {
    return message.toString(StandardCharsets.ISO_8859_1);
  }

  /** Whether nothing is left. */
  public boolean isAtEnd() {
    return !bytes.hasRemaining();
  }

  private boolean next() {
    if (bytes.remaining() < 2) {
      return false;
    }
    int start = bytes.position();
    int first = bytes.get() & 0xFF;
    int second = bytes.get() & 0xFF;
    int inHeader = second & WebSocketFrames.LENGTH_BITS;
    int more = inHeader < 126 ? 0 : inHeader == 126 ? Short.BYTES : Long.BYTES;
    if (bytes.remaining() < more + (masked ? Integer.BYTES : 0)) {
      // Whether it is wrong is not told before it is whole, nor can it be if its mask is missing.
      wrong = masked && second < WebSocketFrames.MASKED && bytes.remaining() >= more;
      bytes.position(start);
      return false;
    }
    long length = more == 0 ? inHeader : more == 2 ? bytes.getShort() & 0xFFFF : bytes.getLong();
    wrong = isWrong(first, second, length);
    return !wrong && payload(first, length);
  }

  private boolean isWrong(int first, int second, long length) {
    int code = first & 0xF;
    boolean control = code >= WebSocketFrames.CLOSE;
    boolean last = first >= WebSocketFrames.LAST;
    boolean known = code <= WebSocketFrames.BINARY || (control && code <= WebSocketFrames.PONG);
    boolean inOrder = control || (code == WebSocketFrames.CONTINUATION) == (opcode != 0);
    return (first & 0x70) != 0
        || (second >= WebSocketFrames.MASKED) != masked
        || length < 0
        || !known
        || !inOrder
        || (control && (!last || length > WebSocketFrames.CONTROL_MAX_BYTES));
  }

  private boolean payload(int first, long length) {
    byte[] mask = new byte[Integer.BYTES];
    if (masked) {
      bytes.get(mask);
    }
    byte[] payload = new byte[(int) Math.min(length, bytes.remaining())];
    bytes.get(payload);
    for (int i = 0; i < payload.length; i++) {
      payload[i] ^= mask[i % mask.length];
    }
    boolean whole = payload.length == length;
    int code = first & 0xF;
    if (code >= WebSocketFrames.CLOSE) {
      control(code, payload, whole);
    } else {
      opcode = code == WebSocketFrames.CONTINUATION ? opcode : code;
      message.writeBytes(payload);
      boolean ends = whole && first >= WebSocketFrames.LAST;
      notText = opcode == WebSocketFrames.TEXT && !isText(message.toByteArray(), ends);
      if (ends && !notText) {
        endMessage();
      }
    }
    return whole;
  }

  private void control(int code, byte[] payload, boolean whole) {
    if (whole) {
      messages.add(new Message(code, new String(payload, StandardCharsets.ISO_8859_1)));
      closed = code == WebSocketFrames.CLOSE;
    }
  }

  private void endMessage() {
    messages.add(new Message(opcode, unfinished()));
    message.reset();
    opcode = 0;
  }

  /**
   * Whether it is UTF-8, or becomes it by some bytes more: the lowest that may go on, or highest.
   */
  private static boolean isText(byte[] bytes, boolean whole) {
    for (int missing = 0; missing <= (whole ? 0 : MISSING_MAX); missing++) {
      byte[] more = Arrays.copyOf(bytes, bytes.length + missing);
      for (int last : GOES_ON) {
        Arrays.fill(more, bytes.length, more.length, (byte) last);
        if (isText(more)) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean isText(byte[] bytes) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }
}
