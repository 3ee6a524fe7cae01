package io.linecast.server;

import io.linecast.core.Counter;
import io.linecast.core.LineChannel;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts who is here, each loop its own, without anybody waiting for anybody; keeps the last count.
 * Safe from any thread.
 */
final class CensusTaker {

  private final Collection<LineChannel> channels;
  private final Collection<ServerLoop> loops;

  /** What the last count came to. Volatile: read by whoever writes the figures down. */
  private volatile Census last = new Census();

  /** What each channel's deliveries have come to. Under this object's lock. */
  private final Map<String, Balance> balances = new HashMap<>();

  CensusTaker(Collection<LineChannel> channels, Collection<ServerLoop> loops) {
    this.channels = channels;
    this.loops = loops;
    channels.forEach(channel -> balances.put(channel.name(), Balance.NONE));
  }

  /** Counts anew; says so on the loop that is done last. */
  void take(Runnable then) {
    Census sum = new Census();
    // Before anybody is counted who may be about to leave, or it would be counted twice.
    channels.forEach(channel -> sum.add(channel.name(), Balance.ofDeparted(channel.counters())));
    AtomicInteger left = new AtomicInteger(loops.size());
    for (ServerLoop loop : loops) {
      loop.execute(() -> count(loop, sum, left, then));
    }
  }

  private void count(ServerLoop loop, Census sum, AtomicInteger left, Runnable then) {
    Census here = new Census();
    new Attendance(loop, channels)
        .visit(
            here::count,
            () -> {
              synchronized (sum) {
                sum.addAll(here);
              }
              if (left.decrementAndGet() == 0) {
                keep(sum);
                then.run();
              }
            });
  }

  /** What is eligible comes last, so that no more is accounted for than that. */
  private synchronized void keep(Census sum) {
    for (LineChannel channel : channels) {
      long eligible = channel.counters().get(Counter.ELIGIBLE);
      Balance now = sum.balance(channel.name()).withEligible(eligible);
      balances.merge(channel.name(), now, (earlier, later) -> later.since(earlier));
    }
    last = sum;
  }

  /** What the last count came to. */
  Census last() {
    return last;
  }

  /** What a channel's deliveries had come to then. */
  synchronized Balance balance(String channel) {
    return Objects.requireNonNull(balances.get(channel));
  }
}
