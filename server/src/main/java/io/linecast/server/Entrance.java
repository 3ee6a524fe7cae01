package io.linecast.server;

import io.linecast.core.Arrival;
import io.linecast.core.CloseReason;
import io.linecast.core.LineChannel;
import io.linecast.core.RefusedException;
import io.linecast.core.Sweep;
import io.linecast.protocol.Code;
import io.linecast.protocol.From;
import io.linecast.protocol.Hello;
import io.linecast.protocol.HelloException;
import io.linecast.server.access.PlainRights;
import io.linecast.server.access.Visitor;
import java.util.Optional;
import java.util.function.Function;

/**
 * Where hellos are answered. A client that is to begin at a time, or at a line that is not here
 * yet, has that looked up first; it is read no further meanwhile. Owned by the connection's loop.
 *
 * @param connection whose hello it is
 * @param who finds out who says it
 */
record Entrance(
    LineListener listener,
    ServerLoop loop,
    AckConnection connection,
    Function<Hello, Visitor> who) {

  /** A hello that is right, of somebody who may do there what it has come for. */
  private record Guest(Hello hello, Visitor visitor, LineChannel channel) {}

  /**
   * Answers, now or later; says what the client's further lines are for, unless it is refused or
   * that is not known yet.
   *
   * @param whole whether the line had its end: what was cut off may have made its publisher another
   */
  Optional<LineConsumer> answer(String line, boolean whole) {
    try {
      Guest guest = guest(line, whole);
      Hello hello = guest.hello();
      if (!guest.channel().past().isToBeFound(hello.from(), hello.epoch())) {
        return Optional.of(letIn(guest, hello.from(), hello.epoch()));
      }
      if (!hello.listen() && !isRefusedTime(guest)) {
        return Optional.of(letIn(guest, new From.New(), Optional.empty()));
      }
      find(guest);
      return Optional.empty();
    } catch (HelloException refusal) {
      refuse(refusal);
      return Optional.empty();
    }
  }

  private void refuse(HelloException refusal) {
    listener.connections().refusals().add(refusal.code().word());
    connection.end(
        refusal.answer(), refusal.code() == Code.AUTH ? CloseReason.AUTH : CloseReason.PROTOCOL);
  }

  private static HelloException refusal(Guest guest, RefusedException e) {
    return new HelloException(guest.hello().nonce(), e.code(), String.valueOf(e.getMessage()));
  }

  private static boolean isRefusedTime(Guest guest) {
    return guest.hello().from() instanceof From.Since && !guest.channel().past().keepsTimes();
  }

  private void find(Guest guest) {
    try {
      guest
          .channel()
          .past()
          .find(
              guest.hello().from(),
              loop,
              place -> onFound(guest, place),
              e -> onNotFound(guest, e));
    } catch (RefusedException e) {
      throw refusal(guest, e);
    }
    connection.input().keepAll();
    connection.input().pause(Pause.PLACE_SOUGHT);
  }

  private void onFound(Guest guest, From place) {
    goOn(
        () -> {
          try {
            connection.input().speak(letIn(guest, place, Optional.empty()));
          } catch (HelloException refusal) {
            refuse(refusal);
          }
        });
  }

  private void onNotFound(Guest guest, RefusedException e) {
    goOn(() -> refuse(refusal(guest, e)));
  }

  /** Unless it is gone, or has been told that the server stops. */
  private void goOn(Runnable action) {
    if (!connection.input().isDone()) {
      ClientFault.contain(connection, action);
      connection.input().resume(Pause.PLACE_SOUGHT);
    }
  }

  private LineConsumer letIn(Guest guest, From from, Optional<String> epoch) {
    Hello hello = guest.hello();
    LineChannel channel = guest.channel();
    Arrival.Wish wish =
        new Arrival.Wish(
            from, epoch, hello.publisher(), connection.framing().encoding(), Long.MAX_VALUE);
    Arrival arrival;
    try {
      arrival =
          channel.arrive(
              wish,
              loop.index(),
              hello.listen() ? Optional.of(connection) : Optional.empty(),
              connection);
    } catch (RefusedException e) {
      throw refusal(guest, e);
    }
    Sweep sweep = channel.sweeps().get(loop.index());
    Visitor visitor = guest.visitor();
    PlainRights rights = PlainRights.of(visitor.rights(), channel.name());
    return connection.accept(
        new Admission(hello, visitor, rights, listener.options(), channel, sweep, arrival));
  }

  private Guest guest(String line, boolean whole) {
    Hello hello = Hello.parse(line);
    if (!whole) {
      throw new HelloException(hello.nonce(), Code.BAD_HELLO, "the line has no end");
    }
    Visitor visitor = who.apply(hello);
    return new Guest(hello, visitor, channel(hello, visitor));
  }

  /**
   * The channel, if it may do there what it has come for. Of a channel that it may do nothing with
   * it is told the same as of one that there is not; the port's own is no secret.
   */
  private LineChannel channel(Hello hello, Visitor visitor) {
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
}
