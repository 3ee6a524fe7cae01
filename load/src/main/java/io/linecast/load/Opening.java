package io.linecast.load;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/**
 * What is said at the beginning of connections of a fleet, and the answers. What comes behind an
 * answer the fleet counts.
 */
abstract class Opening {
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final int POLL_MILLIS = 100;
  private static final int READ_MAX_BYTES = 64 << 10;

  private final Fleet fleet;
  private final int first;
  private final String name;
  private final StringBuilder[] heard;
  private final boolean[] answered;
  private int answers;

  /**
   * Of the connections of a fleet from the first on that speaks so.
   *
   * @param name what is said, for people
   */
  Opening(Fleet fleet, int first, String name) {
    this.fleet = fleet;
    this.first = first;
    this.name = name;
    this.heard = new StringBuilder[fleet.size()];
    this.answered = new boolean[fleet.size()];
  }

  /** What a connection says. */
  abstract String words(int connection);

  /**
   * Looks for the answer in what has come, and takes it from there.
   *
   * @return whether it has come as a whole
   * @throws LoadFailure if it is not what was hoped for
   */
  abstract boolean takeAnswer(int connection, StringBuilder text);

  /** What may be the reason why connections have no answer. */
  abstract String question();

  Fleet fleet() {
    return fleet;
  }

  /** Says it on every connection. */
  final void say() {
    for (int i = first; i < fleet.size(); i++) {
      try (Arena arena = Arena.ofConfined()) {
        byte[] bytes = words(i).getBytes(StandardCharsets.US_ASCII);
        MemorySegment memory = arena.allocateFrom(JAVA_BYTE, bytes);
        if (fleet.send(i, memory.address(), bytes.length) != bytes.length) {
          throw new LoadFailure("the server does not take a " + name);
        }
      }
      heard[i] = new StringBuilder();
    }
  }

  /** Returns when all have their answer. */
  final void await() {
    int seen = 0;
    long lastNews = System.nanoTime();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment memory = arena.allocate(READ_MAX_BYTES);
      while (answers < fleet.size() - first) {
        int ready = fleet.epoll().poll(POLL_MILLIS);
        for (int event = 0; event < ready; event++) {
          if (fleet.epoll().isReadable(event)) {
            read(fleet.epoll().token(event), memory);
          }
        }
        if (answers > seen) {
          seen = answers;
          lastNews = System.nanoTime();
        } else if (System.nanoTime() - lastNews > PATIENCE_NANOS) {
          throw new LoadFailure(
              "only %d of %d connections had an answer to their %s (%s)"
                  .formatted(answers, fleet.size() - first, name, question()));
        }
      }
    }
  }

  private void read(int connection, MemorySegment memory) {
    int count = fleet.read(connection, memory.address(), READ_MAX_BYTES);
    if (!fleet.isOpen(connection)) {
      throw new LoadFailure("the server has closed a connection that had said its " + name);
    }
    if (connection < first || answered[connection]) {
      return;
    }
    byte[] bytes = new byte[count];
    MemorySegment.copy(memory, JAVA_BYTE, 0, bytes, 0, count);
    StringBuilder text = heard[connection];
    text.append(new String(bytes, StandardCharsets.ISO_8859_1));
    if (takeAnswer(connection, text)) {
      answered[connection] = true;
      answers++;
    }
  }
}
