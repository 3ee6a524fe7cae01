package io.linecast.server;

import io.linecast.core.LineChannel;
import io.linecast.protocol.Code;
import io.linecast.server.web.Exchange;
import io.linecast.server.web.Problem;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What a supervisor asks: whether the server lives, and whether it is to be sent clients.
 * Immutable.
 *
 * @param channels the server's
 */
record Health(List<LineChannel> channels) {

  private static final byte[] OK = "ok\n".getBytes(StandardCharsets.US_ASCII);

  /** That it answers is all there is to say. */
  void live(Exchange exchange) {
    exchange.answer("text/plain", OK);
  }

  /** Whether it is to be sent clients. From any thread. */
  boolean isReady() {
    return channels.stream().allMatch(channel -> channel.isOpen() && !channel.holdsSenders());
  }

  /** Not while it stops, or makes senders wait. That is an answer, and no refusal. */
  void ready(Exchange exchange) {
    if (channels.stream().anyMatch(channel -> !channel.isOpen())) {
      exchange.answer(Problem.of(Code.SHUTTING_DOWN, "the server is stopping"));
    } else if (channels.stream().anyMatch(LineChannel::holdsSenders)) {
      exchange.answer(Problem.of(Code.OVERLOAD, "senders wait until the server has caught up"));
    } else {
      exchange.answer("text/plain", OK);
    }
  }
}
