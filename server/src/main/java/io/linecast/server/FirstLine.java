package io.linecast.server;

import io.linecast.protocol.Hello;
import io.linecast.protocol.LineFeeds;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * A client whose first line has not come yet: that line says what it speaks. Owned by the
 * connection's loop.
 */
final class FirstLine implements LineConsumer {

  private static final byte[] PREFIX = Hello.PREFIX.getBytes(StandardCharsets.US_ASCII);

  private final LineInput input;
  private final PlainConnection connection;

  FirstLine(LineInput input, PlainConnection connection) {
    this.input = input;
    this.connection = connection;
  }

  @Override
  public void onLines(ByteBuffer run, int lineCount) {
    if (!isHello(run)) {
      speakPlain().onLines(run, lineCount);
      return;
    }
    int end = LineFeeds.indexOf(run, run.position(), run.limit());
    byte[] hello = new byte[end - run.position()];
    run.get(hello);
    connection.onHello(new String(hello, StandardCharsets.ISO_8859_1)).ifPresent(input::speak);
    if (lineCount > 1) {
      input.onLines(run.position(end + 1), lineCount - 1);
    }
  }

  @Override
  public void onTooLong(ByteBuffer beginning) {
    if (isHello(beginning)) {
      // Cut off where it is certainly too long for a hello as well.
      String hello = StandardCharsets.ISO_8859_1.decode(beginning) + " ".repeat(Hello.MAX_BYTES);
      connection.onHello(hello).ifPresent(input::speak);
    } else {
      speakPlain().onTooLong(beginning);
    }
  }

  @Override
  public boolean completesLastLine() {
    return true;
  }

  @Override
  public void onEnd() {
    speakPlain().onEnd();
  }

  private LineConsumer speakPlain() {
    LineConsumer plain = connection.speakPlain();
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
