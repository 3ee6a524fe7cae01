package io.linecast.load;

import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** Shows on a terminal how far a run has come; shows nothing elsewhere. Used by one thread. */
final class Progress implements AutoCloseable {
  private static final int STEPS = 1000;
  private static final int UPDATE_MILLIS = 200;

  private final @Nullable ProgressBar bar;
  private String name;

  private Progress(@Nullable ProgressBar bar, String name) {
    this.bar = bar;
    this.name = name;
  }

  static Progress none() {
    return new Progress(null, "");
  }

  /** On standard error, which the caller has found to be a terminal. */
  static Progress onTerminal(String name) {
    ProgressBar bar =
        new ProgressBarBuilder()
            .setTaskName(name)
            .setInitialMax(STEPS)
            .setUpdateIntervalMillis(UPDATE_MILLIS)
            .setStyle(ProgressBarStyle.ASCII)
            .hideEta()
            .build();
    return new Progress(bar, name);
  }

  /** A run of several begins. */
  void run(String what) {
    name = what;
    at(0);
  }

  void phase(String phase) {
    if (bar != null) {
      bar.setExtraMessage(" " + name + ": " + phase);
    }
  }

  /** From 0 to 1, of the run under way. */
  void at(double share) {
    if (bar != null) {
      bar.stepTo(Math.clamp(Math.round(share * STEPS), 0, STEPS));
    }
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }
}
