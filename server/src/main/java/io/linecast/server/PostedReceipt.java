package io.linecast.server;

import io.linecast.core.Receipt;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the lines of one request have become, those of an earlier one that it repeats included.
 * Owned by the connection's loop.
 */
final class PostedReceipt {

  private long first;
  private long last;
  private int clients;

  /** Lines of which the journal has not said what becomes of them. */
  private int awaited;

  private boolean failed;

  /** Whether nothing has been published. */
  boolean isEmpty() {
    return first == 0 && awaited == 0;
  }

  /** The number of the last line; 0 if there is none. */
  long last() {
    return last;
  }

  /** Lines have their numbers. */
  void add(Receipt receipt, int lines) {
    first = first == 0 ? receipt.firstLine() : first;
    last = receipt.firstLine() + lines - 1;
    clients = receipt.others();
  }

  /** The journal has lines. */
  void await(int lines) {
    awaited += lines;
  }

  /** The journal has said what becomes of the next of them. */
  void settle(Receipt receipt, int lines) {
    awaited -= lines;
    if (receipt.isAccepted()) {
      add(receipt, lines);
    } else {
      failed = true;
    }
  }

  /** Whether it is known what has become of all. */
  boolean isSettled() {
    return awaited == 0;
  }

  /** Whether some have not been kept. */
  boolean hasFailed() {
    return failed;
  }

  /** As the client is told. */
  String json() {
    return "{\"first\":%d,\"last\":%d,\"clients\":%d}\n".formatted(first, last, clients);
  }

  /** What there is to say where not all was done. */
  Map<String, Long> figures() {
    Map<String, Long> figures = new LinkedHashMap<>();
    if (first > 0) {
      figures.put("first", first);
      figures.put("last", last);
    }
    if (awaited > 0) {
      figures.put("pending", (long) awaited); // they may become lines yet
    }
    return figures;
  }
}
