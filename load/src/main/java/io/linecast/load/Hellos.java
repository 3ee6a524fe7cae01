package io.linecast.load;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import java.util.function.IntPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The beginning of LINECAST/1 on every connection of a fleet: says hello, waits for the answers,
 * and has the fleet know with which number its lines begin.
 */
final class Hellos extends Opening {
  private static final int NONCE_BYTES = 8;
  private static final int ANSWER_MAX_BYTES = 4 << 10;
  private static final Pattern NEXT = Pattern.compile(" next=(\\d{1,18})(?= |$)");
  private static final Pattern HEARTBEAT = Pattern.compile(" heartbeat=(\\d{1,9})(?= |$)");

  private final IntPredicate listens;
  private final String from;
  private final String nonce = HexFormat.of().formatHex(random());
  private long heartbeatNanos;

  private Hellos(Fleet fleet, IntPredicate listens, String from) {
    super(fleet, 0, "hello");
    this.listens = listens;
    this.from = from;
  }

  /**
   * Says hello on every connection; returns when all have their answer.
   *
   * @return after so much silence the server asks a client whether it is there; 0: never
   * @throws LoadFailure if one has none in time, or is refused
   */
  static long exchange(Fleet fleet, IntPredicate listens) {
    return exchange(new Hellos(fleet, listens, ""));
  }

  /** As above: all listen, and want to hear so many of the last lines before the new ones. */
  static long resume(Fleet fleet, int lines) {
    return exchange(new Hellos(fleet, connection -> true, " from=-" + lines));
  }

  private static long exchange(Hellos hellos) {
    hellos.say();
    hellos.await();
    return hellos.heartbeatNanos;
  }

  /** Says hello, and leaves the answers unread. */
  static void sayOnly(Fleet fleet) {
    new Hellos(fleet, connection -> true, "").say();
  }

  @Override
  String words(int connection) {
    return "LINECAST/1 "
        + nonce(connection)
        + (listens.test(connection) ? from : " listen=no")
        + "\n";
  }

  @Override
  String question() {
    return "LINECAST/1: is the server --plain-only?";
  }

  /** What comes before the answer is of the time before the hello, and whose that is. */
  @Override
  boolean takeAnswer(int connection, StringBuilder text) {
    String begin = "LINECAST/1 " + nonce(connection) + " ";
    int end = text.indexOf("\n");
    while (end >= 0) {
      String line = text.substring(0, end);
      text.delete(0, end + 1);
      if (line.startsWith(begin)) {
        accept(connection, line.substring(begin.length()), text.length());
        return true;
      }
      end = text.indexOf("\n");
    }
    if (text.length() > ANSWER_MAX_BYTES) {
      throw new LoadFailure("the server's answer to a hello has no end");
    }
    return false;
  }

  private void accept(int connection, String answer, int bytesBehind) {
    Matcher next = NEXT.matcher(answer);
    Matcher heartbeat = HEARTBEAT.matcher(answer);
    if (!answer.startsWith("ok") || !next.find() || !heartbeat.find()) {
      throw new LoadFailure("the server answers a hello: " + answer);
    }
    fleet().beginNumbers(connection, Long.parseLong(next.group(1)), bytesBehind);
    heartbeatNanos = TimeUnit.SECONDS.toNanos(Long.parseLong(heartbeat.group(1)));
  }

  private String nonce(int connection) {
    return nonce + "-" + connection;
  }

  private static byte[] random() {
    byte[] bytes = new byte[NONCE_BYTES];
    new SecureRandom().nextBytes(bytes);
    return bytes;
  }
}
