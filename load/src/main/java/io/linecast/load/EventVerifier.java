package io.linecast.load;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;
import java.util.function.IntToLongFunction;

/**
 * Reads all that a client of server-sent events receives: each line is an event in a chunk of its
 * own, and their numbers rise by one, since it hears every line there is. The texts it hands on as
 * lines. An event may come in any number of pieces.
 */
final class EventVerifier implements Verifier {
  private static final byte[] DATA = "\ndata: ".getBytes(US_ASCII);
  private static final byte[] END = "\n\n".getBytes(US_ASCII);
  private static final int RADIX = 10;

  private final byte[] id;
  private final Verifier texts;
  private final LineFindings findings;
  private final ChunkReader chunks = new ChunkReader();
  private byte[] textBytes = new byte[0];
  private int textCount;
  private long nextNumber;

  /**
   * @param epoch the numbering's name
   * @param firstNumber of the first line that will come
   * @param texts checks what is in the events
   */
  EventVerifier(String epoch, long firstNumber, Verifier texts, LineFindings findings) {
    this.id = ("id: " + epoch + "-").getBytes(US_ASCII);
    this.nextNumber = firstNumber;
    this.texts = texts;
    this.findings = findings;
  }

  @Override
  public void accept(byte[] bytes, int count, long nowNanos) {
    textCount = 0;
    int position = 0;
    while (position < count && !chunks.isBroken()) {
      position = chunks.read(bytes, position, count);
      if (chunks.isWhole()) {
        acceptEvent(chunks.chunk(), chunks.size());
      } else if (chunks.isBroken()) {
        findings.addTorn();
      }
    }
    texts.accept(textBytes, textCount, nowNanos);
  }

  @Override
  public void finish(IntToLongFunction sentLines) {
    if (!chunks.isBetween() && !chunks.isBroken()) {
      findings.addTorn();
    }
    texts.finish(sentLines);
  }

  private void acceptEvent(byte[] event, int size) {
    int position = id.length;
    long number = 0;
    while (position < size && event[position] >= '0' && event[position] <= '9') {
      number = number * RADIX + event[position] - '0';
      position++;
    }
    int text = position + DATA.length;
    int end = size - END.length;
    if (text > end
        || !holds(event, 0, id)
        || !holds(event, position, DATA)
        || !holds(event, end, END)) {
      findings.addTorn();
      return;
    }
    if (number != nextNumber) {
      findings.addMisnumbered();
    }
    nextNumber = number + 1;
    handOn(event, text, end);
  }

  /** With the line feed that a line has elsewhere. */
  private void handOn(byte[] event, int begin, int end) {
    int size = end - begin;
    if (textBytes.length <= textCount + size) {
      textBytes = Arrays.copyOf(textBytes, 2 * (textCount + size + 1));
    }
    System.arraycopy(event, begin, textBytes, textCount, size);
    textCount += size;
    textBytes[textCount++] = '\n';
  }

  private static boolean holds(byte[] event, int at, byte[] what) {
    return Arrays.equals(event, at, at + what.length, what, 0, what.length);
  }
}
