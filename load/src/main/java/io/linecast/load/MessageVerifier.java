package io.linecast.load;

import java.util.function.IntToLongFunction;

/**
 * Reads all that a WebSocket receives (RFC 6455, 5.2): each line is a message of text in one frame,
 * without its line feed, with which it is handed on. A frame may come in any number of pieces.
 */
final class MessageVerifier implements Verifier {
  private static final int WHOLE_TEXT = 0x81;
  private static final int MASKED = 0x80;
  private static final int SHORTEST_HEADER_BYTES = 2;
  private static final int LENGTH_AT = 1;
  private static final int IN_TWO_BYTES = 126;
  private static final int IN_EIGHT_BYTES = 127;
  private static final int HEADER_MAX_BYTES = 10;

  private final Verifier texts;
  private final LineFindings findings;
  private final byte[] header = new byte[HEADER_MAX_BYTES];
  private byte[] textBytes = new byte[0];
  private int textCount;
  private int headerBytes;
  private long payloadRest;
  private boolean skipping; // a frame that is no line
  private boolean broken; // where the next frame begins cannot be known

  /**
   * @param texts checks what is in the messages
   */
  MessageVerifier(Verifier texts, LineFindings findings) {
    this.texts = texts;
    this.findings = findings;
  }

  @Override
  public void accept(byte[] bytes, int count, long nowNanos) {
    // A frame that ends here adds a line feed; all but the first have their headers here as well.
    if (textBytes.length < count + 1) {
      textBytes = new byte[count + 1];
    }
    textCount = 0;
    int position = 0;
    while (position < count && !broken) {
      if (isInHeader()) {
        position += readHeader(bytes, position);
      } else {
        position += readPayload(bytes, position, count);
      }
      if (!isInHeader() && payloadRest == 0) {
        endFrame();
      }
    }
    texts.accept(textBytes, textCount, nowNanos);
  }

  @Override
  public void finish(IntToLongFunction sentLines) {
    if (headerBytes > 0 && !broken) {
      findings.addTorn();
    }
    texts.finish(sentLines);
  }

  private boolean isInHeader() {
    return headerBytes < SHORTEST_HEADER_BYTES || headerBytes < headerSize();
  }

  private int headerSize() {
    return SHORTEST_HEADER_BYTES
        + switch (header[LENGTH_AT]) {
          case IN_TWO_BYTES -> Short.BYTES;
          case IN_EIGHT_BYTES -> Long.BYTES;
          default -> 0;
        };
  }

  private int readHeader(byte[] bytes, int position) {
    header[headerBytes++] = bytes[position];
    if (!isInHeader()) {
      payloadRest = payloadBytes();
      // A server does not mask.
      broken = (header[LENGTH_AT] & MASKED) != 0 || payloadRest < 0;
      skipping = (header[0] & 0xff) != WHOLE_TEXT;
      if (broken || skipping) {
        findings.addTorn();
      }
    }
    return 1;
  }

  private long payloadBytes() {
    if (headerBytes == SHORTEST_HEADER_BYTES) {
      return header[LENGTH_AT];
    }
    long length = 0;
    for (int i = SHORTEST_HEADER_BYTES; i < headerBytes; i++) {
      length = length << Byte.SIZE | (header[i] & 0xff);
    }
    return length;
  }

  private int readPayload(byte[] bytes, int position, int count) {
    int taken = (int) Math.min(payloadRest, count - position);
    if (!skipping) {
      System.arraycopy(bytes, position, textBytes, textCount, taken);
      textCount += taken;
    }
    payloadRest -= taken;
    return taken;
  }

  private void endFrame() {
    if (!skipping && !broken) {
      textBytes[textCount++] = '\n';
    }
    headerBytes = 0;
  }
}
