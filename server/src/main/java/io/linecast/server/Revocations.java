package io.linecast.server;

import io.linecast.server.access.AccessPolicy;
import io.linecast.server.web.WebClient;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * Ends the connections of those whose tokens are not valid any more. Safe from any thread; each
 * connection is ended on its loop.
 *
 * <p>A connection is noted down on its loop first, and looks then whether its token is still valid;
 * a token becomes invalid first, and then the loops look at whom they have noted down. So none is
 * missed, whichever comes first.
 *
 * @param web null if there is no web port
 */
record Revocations(Collection<ServerLoop> loops, @Nullable WebPort web) {

  /** Begins to. */
  void follow(AccessPolicy policy) {
    policy.onRevoked(gone -> end());
  }

  private void end() {
    for (ServerLoop loop : loops) {
      loop.execute(() -> endOn(loop));
    }
  }

  private void endOn(ServerLoop loop) {
    loop.acknowledged().visitAll(client -> client.inSession(AckSession::endIfRevoked));
    if (web != null) {
      web.guests(loop).forEach(WebClient::endIfRevoked);
    }
  }
}
