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

  /**
   * How many deliveries were made to clients of a loop, those that have left included: a number
   * that only rises. On that loop.
   *
   * @param loop its place among the channel's
   */
  public long deliveredBy(int loop) {
    long delivered = 0;
    List<Edition> editions = channel.editions().all();
    for (int i = 0; i < editions.size(); i++) {
      delivered += editions.get(i).deliveredBy(loop);
    }
    return delivered;
  }

  /** Memory taken by the lines kept, in every encoding, and made ready for those to come. */
  public long keptBytes() {
    long bytes = 0;
    List<Edition> editions = channel.editions().all();
    for (int i = 0; i < editions.size(); i++) {
      bytes += editions.get(i).feed().keptBytes();
    }
    return bytes;
  }

  /** The number that the next line will have. From any thread. */
  public long nextLine() {
    return channel.feed().head().line() + 1;
  }

  /** The oldest line that a client can begin with that is told of gaps. From any thread. */
  public long oldestLine() {
    Feed plain = channel.feed();
    long reach = channel.pace().arrearsLagBytes(true);
    long inFeed = plain.lineStartNear(plain.head().position() - reach).line() + 1;
    return channel.past().oldest(inFeed);
  }
}
