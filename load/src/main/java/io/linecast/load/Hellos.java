package io.linecast.load;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
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
final class Hellos {
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final int POLL_MILLIS = 100;
  private static final int READ_MAX_BYTES = 64 << 10;
  private static final int NONCE_BYTES = 8;
  private static final int ANSWER_MAX_BYTES = 4 << 10;
  private static final Pattern NEXT = Pattern.compile(" next=(\\d{1,18})(?= |$)");
  private static final Pattern HEARTBEAT = Pattern.compile(" heartbeat=(\\d{1,9})(?= |$)");

  private final Fleet fleet;
  private final String nonce = HexFormat.of().formatHex(random());
  private final StringBuilder[] heard;
  private int answered;
  private long heartbeatNanos;

  private Hellos(Fleet fleet) {
    this.fleet = fleet;
    this.heard = new StringBuilder[fleet.size()];
  }

  /**
   * Says hello on every connection; returns when all have their answer.
   *
   * @return after so much silence the server asks a client whether it is there; 0: never
   * @throws LoadFailure if one has none in time, or is refused
   */
  static long exchange(Fleet fleet, IntPredicate listens) {
    Hellos hellos = new Hellos(fleet);
    hellos.say(listens);
    hellos.await();
    return hellos.heartbeatNanos;
  }

  /** Says hello, and leaves the answers unread. */
  static void sayOnly(Fleet fleet) {
    new Hellos(fleet).say(connection -> true);
  }

  private void say(IntPredicate listens) {
    for (int i = 0; i < fleet.size(); i++) {
      String hello = "LINECAST/1 " + nonce(i) + (listens.test(i) ? "\n" : " listen=no\n");
      try (Arena arena = Arena.ofConfined()) {
        byte[] bytes = hello.getBytes(StandardCharsets.US_ASCII);
        MemorySegment memory = arena.allocateFrom(JAVA_BYTE, bytes);
        if (fleet.send(i, memory.address(), bytes.length) != bytes.length) {
          throw new LoadFailure("the server does not take a hello");
        }
      }
      heard[i] = new StringBuilder();
    }
  }

  private void await() {
    int seen = 0;
    long lastNews = System.nanoTime();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment memory = arena.allocate(READ_MAX_BYTES);
      while (answered < fleet.size()) {
        int ready = fleet.epoll().poll(POLL_MILLIS);
        for (int event = 0; event < ready; event++) {
          if (fleet.epoll().isReadable(event)) {
            read(fleet.epoll().token(event), memory);
          }
        }
        if (answered > seen) {
          seen = answered;
          lastNews = System.nanoTime();
        } else if (System.nanoTime() - lastNews > PATIENCE_NANOS) {
          throw new LoadFailure(
              "only "
                  + answered
                  + " of "
                  + fleet.size()
                  + " connections had an answer to LINECAST/1 (is the server --plain-only?)");
        }
      }
    }
  }

  private void read(int connection, MemorySegment memory) {
    int count = fleet.read(connection, memory.address(), READ_MAX_BYTES);
    if (!fleet.isOpen(connection)) {
      throw new LoadFailure("the server has closed a connection that said hello");
    }
    if (fleet.firstNumber(connection) > 0) {
      return; // the fleet counts what comes behind the answer
    }
    byte[] bytes = new byte[count];
    MemorySegment.copy(memory, JAVA_BYTE, 0, bytes, 0, count);
    StringBuilder text = heard[connection];
    text.append(new String(bytes, StandardCharsets.ISO_8859_1));
    findAnswer(connection, text);
  }

  /** What comes before the answer is of the time before the hello, and whose that is. */
  private void findAnswer(int connection, StringBuilder text) {
    String begin = "LINECAST/1 " + nonce(connection) + " ";
    int end = text.indexOf("\n");
    while (end >= 0) {
      String line = text.substring(0, end);
      text.delete(0, end + 1);
      if (line.startsWith(begin)) {
        accept(connection, line.substring(begin.length()), text.length());
        return;
      }
      end = text.indexOf("\n");
    }
    if (text.length() > ANSWER_MAX_BYTES) {
      throw new LoadFailure("the server's answer to a hello has no end");
    }
  }

  private void accept(int connection, String answer, int bytesBehind) {
    Matcher next = NEXT.matcher(answer);
    Matcher heartbeat = HEARTBEAT.matcher(answer);
    if (!answer.startsWith("ok") || !next.find() || !heartbeat.find()) {
      throw new LoadFailure("the server answers a hello: " + answer);
    }
    fleet.beginNumbers(connection, Long.parseLong(next.group(1)), bytesBehind);
    heartbeatNanos = TimeUnit.SECONDS.toNanos(Long.parseLong(heartbeat.group(1)));
    answered++;
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
