package io.linecast.server;

import io.linecast.core.Sweep;
import io.linecast.protocol.Hello;
import io.linecast.protocol.LineFeeds;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * A client whose first line has not come yet: that line says what it speaks. Owned by the
 * connection's loop.
 */
final class FirstLine implements LineConsumer {

  /** How a hello begins. */
  static final byte[] PREFIX = Hello.PREFIX.getBytes(StandardCharsets.US_ASCII);

  private final LineInput input;
  private final PlainConnection connection;
  private final int maxLineBytes;

  /** The input has ended: a line that comes now had no line feed. */
  private boolean ending;

  /**
   * Nothing has come yet.
   *
   * @param maxLineBytes the longest plain line; the input lets a hello's length through
   */
  FirstLine(LineInput input, PlainConnection connection, int maxLineBytes) {
    this.input = input;
    this.connection = connection;
    this.maxLineBytes = maxLineBytes;
  }

  /** The sending side of a plain client; {@code plainOnly} servers look for no hello in it. */
  static LineInput inputOf(
      PlainConnection connection, LineListener listener, ServerLoop loop, Sweep sweep) {
    int maxLineBytes = listener.options().maxLineBytes();
    if (listener.options().acknowledged().plainOnly()) {
      LineInput plain = new LineInput(connection.socket(), loop, sweep, maxLineBytes);
      plain.speak(connection.plainLines(plain));
      return plain;
    }
    int firstMaxBytes = Math.max(maxLineBytes, Hello.MAX_BYTES);
    LineInput undecided = new LineInput(connection.socket(), loop, sweep, firstMaxBytes);
    undecided.speak(new FirstLine(undecided, connection, maxLineBytes));
    return undecided;
  }

  @Override
  public void onLines(ByteBuffer run, int lineCount) {
    if (!isHello(run)) {
      speakPlain(run, lineCount);
      return;
    }
    int end = LineFeeds.indexOf(run, run.position(), run.limit());
    byte[] hello = new byte[end - run.position()];
    run.get(hello);
    String line = new String(hello, StandardCharsets.ISO_8859_1);
    connection.onHello(line, !ending).ifPresent(input::speak);
    if (lineCount > 1) {
      input.onLines(run.position(end + 1), lineCount - 1);
    }
  }

  /** Where a plain line may not be as long as a hello, one may have come that is too long. */
  private void speakPlain(ByteBuffer run, int lineCount) {
    LineConsumer plain = speakPlain();
    if (run.remaining() <= maxLineBytes || maxLineBytes >= Hello.MAX_BYTES) {
      plain.onLines(run, lineCount);
      return;
    }
    int limit = run.limit();
    for (int start = run.position(); start < limit; ) {
      int end = LineFeeds.indexOf(run, start, limit) + 1;
      run.limit(end).position(start);
      if (end - start > maxLineBytes) {
        input.onTooLong(run);
      } else {
        input.onLines(run, 1);
      }
      run.limit(limit);
      start = end;
    }
  }

  @Override
  public void onTooLong(ByteBuffer beginning) {
    if (isHello(beginning)) {
      // Whatever it was: it is too long for a hello as well.
      String hello = StandardCharsets.ISO_8859_1.decode(beginning) + " ".repeat(Hello.MAX_BYTES);
      connection.onHello(hello, true).ifPresent(input::speak);
    } else {
      speakPlain().onTooLong(beginning);
    }
  }

  @Override
  public boolean completesLastLine() {
    ending = true;
    return true;
  }

  @Override
  public void onEnd() {
    speakPlain().onEnd();
  }

  private LineConsumer speakPlain() {
    LineConsumer plain = connection.speakPlain();
    input.setMaxLineBytes(maxLineBytes);
    input.speak(plain);
    return plain;
  }

  private static boolean isHello(ByteBuffer bytes) {
    if (bytes.remaining() < PREFIX.length) {
      return false;
    }
    for (int i = 0; i < PREFIX.length; i++) {
      if (bytes.get(bytes.position() + i) != PREFIX[i]) {
        return false;
      }
    }
    return true;
  }
}
