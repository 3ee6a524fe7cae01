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
import io.linecast.server.access.PlainRights;
import io.linecast.server.access.Visitor;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
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

  /**
   * Lets a client in, or refuses it. On the connection's loop.
   *
   * @param who finds out who says it
   * @param whole whether the line had its end: what was cut off may have made its publisher another
   * @throws HelloException if it is not let in; it says what to answer
   */
  static Admission of(
      String line,
      boolean whole,
      LineListener listener,
      ServerLoop loop,
      AckConnection connection,
      Function<Hello, Visitor> who) {
    Hello hello = Hello.parse(line);
    if (!whole) {
      throw new HelloException(hello.nonce(), Code.BAD_HELLO, "the line has no end");
    }
    Visitor visitor = who.apply(hello);
    LineChannel channel = channel(hello, listener, visitor);
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
      PlainRights rights = PlainRights.of(visitor.rights(), channel.name());
      return new Admission(hello, visitor, rights, listener.options(), channel, sweep, arrival);
    } catch (RefusedException e) {
      throw new HelloException(hello.nonce(), e.code(), String.valueOf(e.getMessage()));
    }
  }

  /**
   * The channel, if it may do there what it has come for. Of a channel that it may do nothing with
   * it is told the same as of one that there is not; the port's own is no secret.
   */
  private static LineChannel channel(Hello hello, LineListener listener, Visitor visitor) {
    if (!visitor.mayEnterAny()) {
      throw notPermitted(hello, "nothing is allowed here without a valid token");
    }
    Optional<LineChannel> asked =
        hello.channel().isEmpty()
            ? Optional.of(listener.channel())
            : listener.channelNamed(hello.channel().get());
    LineChannel channel =
        asked
            .filter(its -> its == listener.channel() || visitor.rights().mayEnter(its.name()))
            .orElseThrow(
                () ->
                    new HelloException(
                        hello.nonce(), Code.CHANNEL, "there is no channel of that name"));
    requireRights(hello, PlainRights.of(visitor.rights(), channel.name()));
    return channel;
  }

  /** Whoever names a publisher takes that name from another connection: it must be of use to it. */
  private static void requireRights(Hello hello, PlainRights rights) {
    if (hello.listen() && !rights.mayListen()) {
      throw notPermitted(hello, "it may not listen here; listen=no says that it will not");
    }
    if (!rights.mayPublish() && (!hello.listen() || hello.publisher().isPresent())) {
      throw notPermitted(hello, "it may not publish here");
    }
  }

  private static HelloException notPermitted(Hello hello, String text) {
    return new HelloException(hello.nonce(), Code.AUTH, text);
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
