package io.linecast.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.linecast.protocol.From;
import io.linecast.protocol.GapReason;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Journals that are read by real threads, for clients of real loops. */
class ReaderThreadsTest {

  private static final int WINDOW_BYTES = 64 * 1024;
  private static final int KEPT = 50_000;
  private static final int CLIENTS = 40;
  private static final int PUBLISHED = 3_000;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final List<ThreadLoop> loops =
      List.of(new ThreadLoop("loop 0"), new ThreadLoop("loop 1"));
  private final Archive archive = Archive.withThreads(3, 1 << 20);

  @AfterEach
  void stop() throws InterruptedException {
    for (ThreadLoop loop : loops) {
      loop.end();
    }
    archive.close();
  }

  @Test
  void shouldServeManyAtOnceWhileLinesAreAccepted() {
    FakeHistory history = new FakeHistory();
    for (int i = 1; i <= KEPT; i++) {
      history.add("text of " + i + "\n");
    }
    LineChannel channel =
        new LineChannel(
            "test",
            new Feed(WINDOW_BYTES, 1024),
            new KeepingJournal(history),
            new Pace(WINDOW_BYTES, SlowPolicy.DISCONNECT),
            loops,
            List.<Loop>of(),
            LineChannel.DEFAULT_PUBLISHERS,
            ServingTimes.NONE,
            archive);
    List<CountingSink> sinks = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      int first = 1 + i * 997;
      CountingSink sink = new CountingSink(first);
      sinks.add(sink);
      int loop = i % loops.size();
      loops.get(loop).execute(() -> arrive(channel, loop, first, sink));
    }
    for (int i = 1; i <= PUBLISHED; i++) {
      while (channel.holdsSenders()) {
        Thread.onSpinWait();
      }
      channel.publish(Lines.fromNobody("text of " + (KEPT + i) + "\n"));
    }

    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(sinks)
                    .allSatisfy(sink -> assertThat(sink.next()).isEqualTo(KEPT + PUBLISHED + 1)));
    assertThat(sinks).allSatisfy(sink -> assertThat(sink.wrong()).isNull());
  }

  private static void arrive(LineChannel channel, int loop, int first, Sink sink) {
    Arrival.Wish wish = new Arrival.Wish(new From.Line(first), Optional.empty(), Optional.empty());
    channel.arrive(wish, loop, Optional.of(sink), new FakeHolder());
  }

  /** Hears numbered lines, and notes the first that is wrong. */
  private static final class CountingSink implements Sink {

    private final StringBuilder rest = new StringBuilder();
    private final AtomicLong next;
    private volatile @Nullable String wrong;

    CountingSink(long first) {
      next = new AtomicLong(first);
    }

    long next() {
      return next.get();
    }

    @Nullable String wrong() {
      return wrong;
    }

    @Override
    public int take(Segment segment, int offset, int length) {
      byte[] bytes = new byte[length];
      segment.bytes().get(offset, bytes);
      hear(bytes);
      return length;
    }

    @Override
    public int give(ByteBuffer lines) {
      byte[] bytes = new byte[lines.remaining()];
      lines.get(lines.position(), bytes);
      hear(bytes);
      return bytes.length;
    }

    private void hear(byte[] bytes) {
      rest.append(new String(bytes, StandardCharsets.ISO_8859_1));
      int start = 0;
      for (int end = rest.indexOf("\n"); end >= 0; end = rest.indexOf("\n", start)) {
        String line = rest.substring(start, end);
        if (wrong == null && !line.equals("LINE " + next() + " text of " + next())) {
          wrong = line + " in place of " + next;
        }
        start = end + 1;
        next.incrementAndGet();
      }
      rest.delete(0, start);
    }

    @Override
    public void owe(Segment segment, int offset, int length) {
      wrong = "owed, with room";
    }

    @Override
    public void onGap(long first, long last, GapReason reason) {
      wrong = "a gap from " + first + " to " + last;
    }

    @Override
    public void finish(CloseReason reason) {
      wrong = "finished";
    }

    @Override
    public void close(CloseReason reason) {
      wrong = "closed for " + reason;
    }
  }
}
