package io.linecast.cli;

import io.linecast.sqlite.FileProgress;
import java.time.Duration;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/**
 * Shows on a terminal how far work on a journal's file has come, once it takes long. The bar draws
 * on a thread of its own; all else is for the thread that works.
 */
final class JournalBar implements FileProgress, AutoCloseable {

  private static final long TAKES_LONG_NANOS = Duration.ofMillis(700).toNanos();
  private static final int UPDATE_MILLIS = 200;
  private static final int UNKNOWN = -1;
  private static final long KIBIBYTE = 1024;

  private final String command;
  private final String unit;
  private final long unitSize;
  private final boolean shown;
  private final long beganNanos = System.nanoTime();
  private @Nullable ProgressBar bar;
  private String drawn = "";

  private JournalBar(String command, String unit, long unitSize, boolean shown) {
    this.command = command;
    this.unit = unit;
    this.unitSize = unitSize;
    this.shown = shown;
  }

  /** Counts lines. Shown if standard error is a terminal. */
  static JournalBar ofLines(String command) {
    return new JournalBar(command, " lines", 1, StandardStream.ERROR.isTerminal());
  }

  /** Counts bytes. Shown as above, unless somebody types or reads the lines there. */
  static JournalBar ofBytes(String command, boolean isTyped) {
    boolean shown = StandardStream.ERROR.isTerminal() && !isTyped;
    return new JournalBar(command, " KiB", KIBIBYTE, shown);
  }

  /** Shown nowhere. */
  static JournalBar none() {
    return new JournalBar("", "", 1, false);
  }

  @Override
  public void at(String what, long done, long total) {
    boolean isNew = !drawn.equals(what);
    // How long it takes is not known before where it is not known how much there is to do.
    if (!shown || (total > 0 && System.nanoTime() - beganNanos < TAKES_LONG_NANOS)) {
      return;
    }
    if (isNew) {
      close();
      bar = bar(what, total);
      drawn = what;
    }
    if (bar != null) {
      bar.stepTo(done / unitSize);
    }
  }

  private ProgressBar bar(String what, long total) {
    return new ProgressBarBuilder()
        .setTaskName(command + ": " + what)
        .setUnit(unit, 1)
        .setInitialMax(total == 0 ? UNKNOWN : total / unitSize)
        .setUpdateIntervalMillis(UPDATE_MILLIS)
        .setStyle(ProgressBarStyle.ASCII)
        .clearDisplayOnFinish()
        .build();
  }

  /** Takes the bar away. */
  @Override
  public void close() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }
}
