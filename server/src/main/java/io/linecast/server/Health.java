package io.linecast.server;

import io.linecast.core.Journal;
import io.linecast.core.LineChannel;
import io.linecast.protocol.Code;
import io.linecast.server.web.Exchange;
import io.linecast.server.web.Problem;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalLong;

/**
 * What a supervisor asks: whether the server lives, and whether it is to be sent clients.
 * Immutable.
 *
 * @param channels the server's
 */
record Health(List<LineChannel> channels) {

  private static final byte[] OK = "ok\n".getBytes(StandardCharsets.US_ASCII);

  /** What is said of lines while their journal is in trouble. */
  static final Problem NOT_KEPT =
      Problem.of(Code.JOURNAL, "lines cannot be kept now; the server's log says why");

  /** That it answers is all there is to say. */
  void live(Exchange exchange) {
    exchange.answer("text/plain", OK);
  }

  /** Whether it is to be sent clients. From any thread. */
  boolean isReady() {
    return channels.stream()
        .allMatch(channel -> channel.isOpen() && isKept(channel) && !channel.holdsSenders());
  }

  private static boolean isKept(LineChannel channel) {
    return channel.journal().isWorking();
  }

  /**
   * Not while it stops, keeps no lines, or makes senders wait. That is an answer, and no refusal.
   * What the trouble is may be told to operators only. Where other servers give the same numbers,
   * it says how far this one is behind: that alone makes it no worse than none.
   */
  void ready(Exchange exchange) {
    if (channels.stream().anyMatch(channel -> !channel.isOpen())) {
      exchange.answer(Problem.of(Code.SHUTTING_DOWN, "the server is stopping"));
    } else if (!channels.stream().allMatch(Health::isKept)) {
      exchange.answer(NOT_KEPT);
    } else if (channels.stream().anyMatch(LineChannel::holdsSenders)) {
      exchange.answer(Problem.of(Code.OVERLOAD, "senders wait until the server has caught up"));
    } else {
      exchange.answer("text/plain", readyText());
    }
  }

  private byte[] readyText() {
    OptionalLong behind =
        channels.stream()
            .map(LineChannel::journal)
            .filter(Journal::isShared)
            .mapToLong(journal -> journal.state().lagLines())
            .max();
    return behind.isEmpty()
        ? OK
        : "ok\njournal: %d lines behind\n"
            .formatted(behind.getAsLong())
            .getBytes(StandardCharsets.US_ASCII);
  }
}
