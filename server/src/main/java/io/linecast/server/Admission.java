package io.linecast.server;

import io.linecast.core.Arrival;
import io.linecast.core.LineChannel;
import io.linecast.core.RefusedException;
import io.linecast.core.Subscriber;
import io.linecast.core.Sweep;
import io.linecast.protocol.Code;
import io.linecast.protocol.Hello;
import io.linecast.protocol.HelloAnswer;
import io.linecast.protocol.HelloException;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A hello that was accepted: who came, into which channel, and where it begins.
 *
 * @param sweep the channel's and the loop's that serves plain clients: senders wait there
 */
record Admission(
    Hello hello, ServerOptions options, LineChannel channel, Sweep sweep, Arrival arrival) {

  /**
   * Lets a client in, or refuses it. On the connection's loop.
   *
   * @param whole whether the line had its end: what was cut off may have made its publisher another
   * @throws HelloException if it is not let in; it says what to answer
   */
  static Admission of(
      String line,
      boolean whole,
      LineListener listener,
      ServerLoop loop,
      AckConnection connection) {
    Hello hello = Hello.parse(line);
    if (!whole) {
      throw new HelloException(hello.nonce(), Code.BAD_HELLO, "the line has no end");
    }
    LineChannel channel = channel(hello, listener);
    Arrival.Wish wish =
        new Arrival.Wish(
            hello.from(),
            hello.epoch(),
            hello.publisher(),
            connection.framing().encoding(),
            Long.MAX_VALUE);
    try {
      Arrival arrival =
          channel.arrive(
              wish,
              loop.index(),
              hello.listen() ? Optional.of(connection) : Optional.empty(),
              connection);
      Sweep sweep = channel.sweeps().get(loop.index());
      return new Admission(hello, listener.options(), channel, sweep, arrival);
    } catch (RefusedException e) {
      throw new HelloException(hello.nonce(), e.code(), String.valueOf(e.getMessage()));
    }
  }

  private static LineChannel channel(Hello hello, LineListener listener) {
    if (hello.channel().isEmpty()) {
      return listener.channel();
    }
    return listener
        .channelNamed(hello.channel().get())
        .orElseThrow(
            () ->
                new HelloException(
                    hello.nonce(), Code.CHANNEL, "there is no channel of that name"));
  }

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
