package io.linecast.server;

import io.linecast.core.Arrival;
import io.linecast.core.LineChannel;
import io.linecast.core.Subscriber;
import io.linecast.core.Sweep;
import io.linecast.protocol.Hello;
import io.linecast.protocol.HelloAnswer;
import io.linecast.server.access.PlainRights;
import io.linecast.server.access.Visitor;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A hello that was accepted: who came, into which channel, and where it begins.
 *
 * @param visitor who came
 * @param rights what that may do in the channel
 * @param sweep the channel's and the loop's that serves plain clients: senders wait there
 */
record Admission(
    Hello hello,
    Visitor visitor,
    PlainRights rights,
    ServerOptions options,
    LineChannel channel,
    Sweep sweep,
    Arrival arrival) {

  HelloAnswer answer() {
    return new HelloAnswer(
        hello.nonce(),
        channel.name(),
        arrival.next(),
        arrival.oldest(),
        channel.journal().kind(),
        channel.journal().epoch(),
        options.maxLineBytes(),
        options.acknowledged().heartbeatSeconds(),
        hello.publisher().isPresent()
            ? OptionalLong.of(arrival.publisher().highest())
            : OptionalLong.empty());
  }

  /** The longest request whose text may be a line. */
  int maxRequestBytes() {
    return options.maxLineBytes() + Request.OVERHEAD_MAX_BYTES;
  }

  /** Its part in what is heard; null if it does not listen. */
  @Nullable Subscriber subscriber() {
    return arrival.subscriber().orElse(null);
  }
}
