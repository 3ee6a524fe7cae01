package io.linecast.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.linecast.protocol.GapReason;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/**
 * Two clients on two loops who answer each other: a line that comes just as a sweep goes to rest
 * has nobody behind it who would wake the sweep again, and the talk would end there.
 */
class RestingSweepTest {

  private static final int ANSWERS = 100_000;
  private static final int JITTER_SPINS = 200;
  private static final int SPINS_BEFORE_REST = 10_000;
  private static final int WINDOW_BYTES = 1 << 20;
  private static final long PATIENCE_SECONDS = 30;

  private final CountDownLatch enough = new CountDownLatch(ANSWERS);

  @Test
  void shouldWakeASweepForALineThatComesAsItGoesToRest() throws InterruptedException {
    List<SpinningLoop> loops = List.of(new SpinningLoop(1), new SpinningLoop(2));
    Pace pace = new Pace(WINDOW_BYTES, SlowPolicy.STALL);
    Feed feed = new Feed(new DirectMemory(), WINDOW_BYTES, 1024);
    LineChannel channel =
        new LineChannel("test", feed, new MemoryJournal(), pace, loops, List.of());
    List<Answering> clients = new ArrayList<>();
    CountDownLatch joined = new CountDownLatch(2);
    for (Sweep sweep : channel.sweeps()) {
      Answering client = new Answering(channel, sweep);
      clients.add(client);
      sweep.loop().execute(() -> client.join(joined));
    }
    joined.await();

    clients.getFirst().sweep.loop().execute(clients.getFirst()::answer);
    boolean done = awaitEnough();
    for (SpinningLoop loop : loops) {
      loop.end();
    }

    assertThat(done).as("the talk ended %d answers early", enough.getCount()).isTrue();
    channel.close();
  }

  /** As long as they talk; returns whether they have not ended early. */
  private boolean awaitEnough() throws InterruptedException {
    long before = Long.MAX_VALUE;
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(5);
    while (enough.getCount() < before && System.nanoTime() < end) {
      before = enough.getCount();
      if (enough.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        return true;
      }
    }
    return false;
  }

  /** Says a line whenever it has heard one. */
  private final class Answering implements Sink {

    private final LineChannel channel;
    private final Sweep sweep;
    private Subscriber subscriber;

    Answering(LineChannel channel, Sweep sweep) {
      this.channel = channel;
      this.sweep = sweep;
    }

    void join(CountDownLatch joined) {
      subscriber = channel.join(sweep, this, 0);
      joined.countDown();
    }

    void answer() {
      channel.publish(Lines.from(subscriber, "!\n"));
    }

    @Override
    public int take(Segment segment, int offset, int length) {
      enough.countDown();
      sweep.loop().execute(this::answer);
      return length;
    }

    @Override
    public void owe(Segment segment, int offset, int length) {
      throw new AssertionError("nobody is full");
    }

    @Override
    public void onGap(long first, long last, GapReason reason) {
      throw new AssertionError("nobody is made to skip");
    }

    @Override
    public void finish(CloseReason reason) {
      throw new AssertionError("nobody finishes");
    }

    @Override
    public void close(CloseReason reason) {
      throw new AssertionError("nobody is closed: " + reason);
    }
  }

  /** Is never asleep, and now and then a little late, so that the two meet at any point. */
  private static final class SpinningLoop implements Loop {

    private final ConcurrentLinkedQueue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final Random random;
    private final Thread thread;
    private boolean ending;

    SpinningLoop(long seed) {
      random = new Random(seed);
      thread = Thread.ofPlatform().daemon().name("spinning-" + seed).start(this::run);
    }

    @Override
    public void execute(Runnable task) {
      tasks.add(task);
    }

    @Override
    public void executeAfterIo(Runnable task) {
      tasks.add(task);
    }

    void end() throws InterruptedException {
      tasks.add(() -> ending = true);
      thread.join();
    }

    private void run() {
      int idle = 0;
      while (!ending) {
        Runnable task = tasks.poll();
        if (task == null) {
          // Where cores are few, spinning on would keep the other one from answering.
          if (++idle % SPINS_BEFORE_REST == 0) {
            LockSupport.parkNanos(1);
          } else {
            Thread.onSpinWait();
          }
        } else {
          for (int i = random.nextInt(JITTER_SPINS); i > 0; i--) {
            Thread.onSpinWait();
          }
          task.run();
        }
      }
    }
  }
}
