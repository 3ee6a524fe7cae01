package io.linecast.server;

import io.linecast.core.ChannelView;
import io.linecast.core.LineChannel;
import io.linecast.core.Subscriber;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;

/**
 * Who heard lines on a loop at one moment, to be looked at some at a time: all at once would keep
 * lines waiting. Owned by that loop.
 */
final class Attendance {

  private static final int STEP = 512;

  private final ServerLoop loop;
  private final List<Subscriber> all = new ArrayList<>();
  private int next;

  /** Those on this loop now. On the loop. */
  Attendance(ServerLoop loop, Collection<LineChannel> channels) {
    this.loop = loop;
    for (LineChannel channel : channels) {
      new ChannelView(channel).forEachClient(loop.index(), all::add);
    }
  }

  /** Looks at each, also at those who leave meanwhile, then says so. On the loop. */
  void visit(Consumer<Subscriber> action, Runnable then) {
    int end = Math.min(all.size(), next + STEP);
    while (next < end) {
      action.accept(all.get(next++));
    }
    if (next < all.size()) {
      loop.executeAfterIo(() -> visit(action, then));
    } else {
      then.run();
    }
  }
}
