package io.linecast.server;

import io.linecast.core.CloseReason;
import io.linecast.server.web.ConnectionOwner;
import io.linecast.server.web.WebClient;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who is connected to the web port on one loop. Owned by that loop. */
final class WebGuests implements ConnectionOwner {

  private static final Logger LOG = LoggerFactory.getLogger(WebGuests.class);

  private final Connections connections;
  private final Set<WebClient> guests = new HashSet<>();

  WebGuests(Connections connections) {
    this.connections = connections;
  }

  void add(WebClient guest) {
    guests.add(guest);
  }

  @Override
  public void onHandedOver(WebClient guest) {
    guests.remove(guest);
  }

  /** What was answered and has gone is no news: probes would put out what is. */
  @Override
  public void onClosed(WebClient guest, SocketAddress address, CloseReason reason) {
    guests.remove(guest);
    if (reason == CloseReason.FINISHED || reason == CloseReason.GONE) {
      connections.onAnswered(Wire.HTTP, reason);
    } else {
      connections.onClosed(Wire.HTTP, address, reason);
    }
  }

  /** One that was handed over has closed. */
  void onLeft(WebClient guest) {
    guests.remove(guest);
  }

  /** Does something for each; a fault of one's is not the others'. */
  void forEach(Consumer<WebClient> action) {
    List<WebClient> now = new ArrayList<>(guests);
    for (WebClient guest : now) {
      try {
        action.accept(guest);
      } catch (RuntimeException | Error e) {
        LOG.error("a client of the web port is cut off because of a fault", e);
        cutOff(guest);
      }
    }
  }

  private static void cutOff(WebClient guest) {
    try {
      guest.cutOff();
    } catch (RuntimeException | Error e) {
      LOG.error("a client of the web port could not even be cut off", e);
    }
  }
}
