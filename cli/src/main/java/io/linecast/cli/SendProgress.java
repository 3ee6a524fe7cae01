package io.linecast.cli;

import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * Shows on a terminal how far sending has come, once it takes long. Draws on a thread of its own.
 */
final class SendProgress implements AutoCloseable {

  /** What to begin words with that take the bar's place; it is drawn again below them. */
  static final String OVER_THE_BAR = "\r\u001b[K";

  private static final Duration TAKES_LONG = Duration.ofMillis(700);
  private static final int UPDATE_MILLIS = 200;
  private static final int UNKNOWN = -1;
  private static final long KIBIBYTE = 1024;

  private final SendTally tally;
  private final Outlet outlet;
  private final long totalBytes;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread;

  private SendProgress(SendTally tally, Outlet outlet, long totalBytes, boolean shown) {
    this.tally = tally;
    this.outlet = outlet;
    this.totalBytes = totalBytes;
    this.thread =
        Thread.ofPlatform().daemon().name("progress").unstarted(shown ? this::draw : () -> {});
  }

  /**
   * On standard error, which the caller has found to be a terminal.
   *
   * @param totalBytes how much there is to send; 0 if that is not known
   */
  static SendProgress onTerminal(SendTally tally, Outlet outlet, long totalBytes) {
    return new SendProgress(tally, outlet, totalBytes, true);
  }

  static SendProgress none(SendTally tally, Outlet outlet) {
    return new SendProgress(tally, outlet, 0, false);
  }

  void start() {
    thread.start();
  }

  private void draw() {
    try {
      if (closing.await(TAKES_LONG.toMillis(), TimeUnit.MILLISECONDS)) {
        return;
      }
      long beganNanos = System.nanoTime() - TAKES_LONG.toNanos();
      try (ProgressBar bar = bar()) {
        do {
          bar.stepTo(tally.readBytes() / KIBIBYTE);
          bar.setExtraMessage(words(System.nanoTime() - beganNanos));
        } while (!closing.await(UPDATE_MILLIS, TimeUnit.MILLISECONDS));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private ProgressBar bar() {
    return new ProgressBarBuilder()
        .setTaskName("send")
        .setUnit(" KiB", 1)
        .setInitialMax(totalBytes == 0 ? UNKNOWN : totalBytes / KIBIBYTE)
        .setUpdateIntervalMillis(UPDATE_MILLIS)
        .startsFrom(0, TAKES_LONG)
        .setStyle(ProgressBarStyle.ASCII)
        .clearDisplayOnFinish()
        .build();
  }

  private long settled() {
    return tally.handedOver() - outlet.outstanding();
  }

  private String words(long nanos) {
    double seconds = nanos / (double) TimeUnit.SECONDS.toNanos(1);
    return String.format(
        Locale.ROOT,
        " %s, %,.0f/s, %,d outstanding",
        SendTally.lines(settled()),
        settled() / seconds,
        outlet.outstanding());
  }

  /** Takes the bar away. */
  @Override
  public void close() {
    closing.countDown();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
