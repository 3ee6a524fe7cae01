package io.linecast.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.linecast.protocol.GapReason;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Threads for loops, real memory, and everybody publishing and sweeping at once: what the
 * simulation cannot show, because one thread plays all its loops.
 */
class ConcurrentChannelTest {

  private static final int LOOPS = 3;
  private static final int CLIENTS_PER_LOOP = 12;
  private static final int BATCHES_PER_CLIENT = 400;
  private static final int WINDOW_BYTES = 256 * 1024;
  private static final int LARGEST_RUN_BYTES = 1024;
  private static final long PATIENCE_SECONDS = 60;

  /** Lines as they were accepted, and by whom. Under the channel's append section. */
  private final List<String> accepted = new ArrayList<>();

  private final List<@Nullable Sink> origins = new ArrayList<>();
  private final CountDownLatch everybodyHasAll = new CountDownLatch(LOOPS * CLIENTS_PER_LOOP);

  @Test
  void shouldLetEverybodyHearAllOthersInOneOrder() throws InterruptedException {
    List<ThreadLoop> loops = new ArrayList<>();
    for (int i = 0; i < LOOPS; i++) {
      loops.add(new ThreadLoop("loop-" + i));
    }
    Feed feed = new Feed(WINDOW_BYTES, LARGEST_RUN_BYTES);
    LineChannel channel = channel(feed, loops);
    List<Client> clients = join(channel);
    clients.forEach(Client::start);

    boolean done = everybodyHasAll.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    for (ThreadLoop loop : loops) {
      loop.end();
    }

    assertThat(done).as("still to come: %d", everybodyHasAll.getCount()).isTrue();
    for (Client client : clients) {
      assertThat(client.received()).isEqualTo(allBut(client));
      assertThat(client.subscriber.account().pending()).isZero();
    }
    channel.close();
  }

  private LineChannel channel(Feed feed, List<ThreadLoop> loops) {
    Pace pace = new Pace(WINDOW_BYTES, SlowPolicy.STALL);
    return new LineChannel("test", feed, new RecordingJournal(), pace, loops, List.of());
  }

  /** Notes what is accepted, and from whom. */
  private final class RecordingJournal extends ForwardingJournal {
    @Override
    public void keep(Batch batch) {
      byte[] bytes = new byte[batch.run().remaining()];
      batch.run().get(batch.run().position(), bytes);
      accepted.add(new String(bytes, StandardCharsets.US_ASCII));
      origins.add(batch.origin() == null ? null : batch.origin().sink());
      super.keep(batch);
    }
  }

  /** All are there before the first line, so that all have the same to hear. */
  private List<Client> join(LineChannel channel) throws InterruptedException {
    List<Client> clients = new ArrayList<>();
    for (Sweep sweep : channel.sweeps()) {
      for (int i = 0; i < CLIENTS_PER_LOOP; i++) {
        clients.add(new Client(channel, sweep, clients.size()));
      }
    }
    CountDownLatch joined = new CountDownLatch(clients.size());
    for (Client client : clients) {
      client.sweep.loop().execute(() -> client.join(joined));
    }
    joined.await();
    return clients;
  }

  private String allBut(Client client) {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < accepted.size(); i++) {
      if (origins.get(i) != client) {
        lines.append(accepted.get(i));
      }
    }
    return lines.toString();
  }

  /** Says its number and a count, again and again; its socket is full now and then. */
  private final class Client implements Sink {

    private final LineChannel channel;
    private final Sweep sweep;
    private final int number;
    private final Random random;
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();
    private Subscriber subscriber;
    private int published;
    private long toHear = (long) BATCHES_PER_CLIENT * (LOOPS * CLIENTS_PER_LOOP - 1);

    Client(LineChannel channel, Sweep sweep, int number) {
      this.channel = channel;
      this.sweep = sweep;
      this.number = number;
      this.random = new Random(number);
    }

    void join(CountDownLatch joined) {
      subscriber = channel.join(sweep, this, 0);
      joined.countDown();
    }

    void start() {
      sweep.loop().execute(this::publish);
    }

    private void publish() {
      if (channel.holdsSenders()) {
        channel.awaitRelease(sweep, this::publish);
      } else if (published < BATCHES_PER_CLIENT) {
        String line = "client " + number + " says " + published++ + ".".repeat(number) + "\n";
        channel.publish(Lines.from(subscriber, line));
        sweep.loop().execute(this::publish);
      }
    }

    @Override
    public int take(Segment segment, int offset, int length) {
      int taken = random.nextInt(20) == 0 ? random.nextInt(length) : length;
      hear(segment, offset, taken);
      return taken;
    }

    @Override
    public void owe(Segment segment, int offset, int length) {
      hear(segment, offset, length);
      sweep.loop().execute(subscriber::onRoom);
    }

    private void hear(Segment segment, int offset, int length) {
      byte[] bytes = new byte[length];
      segment.bytes().get(offset, bytes);
      received.writeBytes(bytes);
      for (byte b : bytes) {
        if (b == '\n' && --toHear == 0) {
          everybodyHasAll.countDown();
        }
      }
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

    String received() {
      return received.toString(StandardCharsets.US_ASCII);
    }
  }
}
