package io.linecast.load;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The scenario of one client that sends a line when the one before was acknowledged: from {@code
 * SEND} to {@code SENT} and nothing else.
 */
final class AcknowledgedPingPong {
  private static final int ONE_AT_A_TIME = 1;

  private final LoadOptions options;
  private final Progress progress;

  AcknowledgedPingPong(LoadOptions options, Progress progress) {
    this.options = options;
    this.progress = progress;
  }

  Report run() {
    progress.run("acknowledgements");
    PublishResult result = PublishRun.run(options, 1, ONE_AT_A_TIME, 0, progress);
    List<Figure> figures =
        new ArrayList<>(PingPong.figures(result.latency(), result.usage().nanos()));
    figures.addAll(result.checks());
    figures.addAll(result.usage().figures());
    boolean clean = result.isClean();
    String verdict = clean ? Report.NOTHING_LOST : Report.LOST;
    return new Report(
        figures, Map.of(), result.warnings(), verdict, clean, result.latency().curve());
  }
}
