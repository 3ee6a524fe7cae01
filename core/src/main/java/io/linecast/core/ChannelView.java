package io.linecast.core;

import java.util.List;
import java.util.function.Consumer;

/**
 * What can be seen of a channel from outside: who is in it, and how far things have come. Looking
 * changes nothing.
 *
 * @param channel the channel looked at
 */
public record ChannelView(LineChannel channel) {

  /**
   * Calls back for each client on a loop that hears lines, in whatever encoding. None may come or
   * leave meanwhile. On that loop.
   *
   * @param loop its place among the channel's
   */
  public void forEachClient(int loop, Consumer<Subscriber> action) {
    List<Edition> editions = channel.editions().all();
    for (int i = 0; i < editions.size(); i++) {
      editions.get(i).sweeps().get(loop).forEachMember(action);
    }
  }
}
