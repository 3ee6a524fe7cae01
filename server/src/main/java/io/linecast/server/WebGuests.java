package io.linecast.server;

import io.linecast.core.CloseReason;
import io.linecast.server.web.ConnectionOwner;
import io.linecast.server.web.WebClient;
import java.net.SocketAddress;
import java.util.function.Consumer;

/** Who is connected to the web port on one loop. Owned by that loop. */
final class WebGuests implements ConnectionOwner {

  private final Connections connections;
  private final Roster<WebClient> guests;

  /**
   * Nobody is connected.
   *
   * @param slices in how many of them {@link #visitSlice} gets around
   */
  WebGuests(Connections connections, int slices) {
    this.guests = new Roster<>(slices, WebClient::close);
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
    guests.visitAll(action);
  }

  /** Does something for the next slice of them; a fault of one's is not the others'. */
  void visitSlice(Consumer<WebClient> action) {
    guests.visitSlice(action);
  }
}
