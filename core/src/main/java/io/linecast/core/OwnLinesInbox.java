package io.linecast.core;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Where a journal's thread leaves word of clients' own lines that it has entered, for their loop:
 * that takes it in after it has looked at a head, and so before it touches what lies below.
 */
final class OwnLinesInbox {

  private record Own(Subscriber of, long start, long end, long firstLine, int lines, long voids) {}

  private final Queue<Own> waiting = new ConcurrentLinkedQueue<>();

  /** In the append section, before the head that covers the lines is published. */
  void put(Subscriber of, long start, long end, long firstLine, int lines, long voids) {
    waiting.add(new Own(of, start, end, firstLine, lines, voids));
  }

  /** On the loop, after it has looked at a head. */
  void takeIn() {
    for (Own own = waiting.poll(); own != null; own = waiting.poll()) {
      own.of().addOwn(own.start(), own.end(), own.firstLine(), own.lines(), own.voids());
    }
  }
}
