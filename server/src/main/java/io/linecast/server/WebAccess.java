package io.linecast.server;

import io.linecast.core.RefusedException;
import io.linecast.protocol.Code;
import io.linecast.server.access.PlainRights;
import io.linecast.server.access.Right;
import io.linecast.server.access.Visitor;
import io.linecast.server.web.Caller;
import io.linecast.server.web.Exchange;
import io.linecast.server.web.ProblemException;
import io.linecast.server.web.Route;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Who may do what on the web port. Of a channel that somebody may do nothing with, it is told the
 * same as of one that there is not. Immutable.
 *
 * @param channels what there is, by name
 */
record WebAccess(Map<String, LineListener> channels) {

  /** A route that not everybody may have served. */
  private record Guarded(Route route, Consumer<Caller> check) implements Route {

    @Override
    public void admit(Caller caller) {
      check.accept(caller);
    }

    @Override
    public void serve(Exchange exchange) {
      route.serve(exchange);
    }
  }

  /** For who may hear the channel that is asked for. */
  Route listening(Route route) {
    return new Guarded(route, caller -> require(Right.LISTEN, caller));
  }

  /** For who may send to the channel that is asked for. */
  Route publishing(Route route) {
    return new Guarded(route, caller -> require(Right.PUBLISH, caller));
  }

  /** For who may know how the server is. */
  Route administering(Route route) {
    return new Guarded(route, WebAccess::requireAdmin);
  }

  private static void requireAdmin(Caller caller) {
    if (!caller.visitor().rights().mayAdminister()) {
      throw caller.notPermitted("to see how the server is is not allowed here");
    }
  }

  private void require(Right right, Caller caller) {
    String channel = requireEntry(caller);
    if (!caller.visitor().rights().may(right, channel)) {
      throw caller.notPermitted("to " + right.word() + " here is not allowed");
    }
  }

  /**
   * The name of a channel that there is, and that the client may do something with.
   *
   * @throws ProblemException if it may do nothing, with this one or with any
   * @throws RefusedException if there is no channel of that name that it may know of
   */
  String requireEntry(Caller caller) {
    Visitor visitor = caller.visitor();
    if (!visitor.mayEnterAny()) {
      throw caller.notPermitted("nothing is allowed here");
    }
    String channel = caller.word("channel").orElse(ServerOptions.MAIN_CHANNEL);
    boolean secret = !channel.equals(ServerOptions.MAIN_CHANNEL);
    if (!channels.containsKey(channel) || (secret && !visitor.rights().mayEnter(channel))) {
      throw new RefusedException(Code.CHANNEL, "there is no channel of that name");
    }
    if (!visitor.rights().mayEnter(channel)) {
      throw caller.notPermitted("nothing is allowed in this channel");
    }
    return channel;
  }

  /** What a client may do with the lines of the channel that it asks for. */
  PlainRights rights(Caller caller) {
    return PlainRights.of(caller.visitor().rights(), requireEntry(caller));
  }
}
