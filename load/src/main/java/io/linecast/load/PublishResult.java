package io.linecast.load;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * What a {@link PublishRun} found out.
 *
 * @param answers of each publisher
 * @param sentLines of all
 * @param measuredLines that were answered in the measured interval
 * @param closed connections that ended before the run did
 * @param latency from a line's sending to its answer
 */
record PublishResult(
    List<AnswerCheck> answers,
    long sentLines,
    long measuredLines,
    long measuredNanos,
    int closed,
    Latency latency,
    LoopTime loopTime,
    Usage usage) {
  private static final double NANOS_PER_SECOND = 1e9;
  private static final double PERCENT = 100;

  boolean isClean() {
    return missing() == 0 && closed == 0 && answers.stream().allMatch(AnswerCheck::isClean);
  }

  double linesPerSecond() {
    return measuredLines / (measuredNanos / NANOS_PER_SECOND);
  }

  /** Of all publishers and the whole run. */
  List<Figure> checks() {
    return List.of(
        Figure.count("lines_published", "lines sent", sentLines),
        Figure.count("answers_received", "answers", sum(AnswerCheck::answered)),
        Figure.count("answers_missing", "  missing", missing()),
        Figure.count("answers_misnumbered", "  not to the next", sum(AnswerCheck::wrongNumbers)),
        Figure.count("answers_not_rising", "  line not higher", sum(AnswerCheck::wrongLines)),
        Figure.count(
            "answers_refused", "  no SENT", sum(AnswerCheck::answered) - sum(AnswerCheck::sent)),
        Figure.count("connections_closed", "connections closed during the run", closed));
  }

  /** Of the measured interval. */
  List<Figure> resources() {
    List<Figure> figures = new ArrayList<>(usage.figures());
    double busy = PERCENT * loopTime.busyShare();
    figures.add(new Figure("load_busy_percent", "load: turns with work", busy, 1, "%"));
    return figures;
  }

  List<String> warnings() {
    List<String> warnings = new ArrayList<>(Doubts.ofTheKernel(usage.kernel()));
    answers.stream()
        .map(AnswerCheck::otherwise)
        .filter(said -> !said.isEmpty())
        .findFirst()
        .ifPresent(said -> warnings.add("the server said: " + said));
    return warnings;
  }

  private long missing() {
    return Math.max(0, sentLines - sum(AnswerCheck::answered));
  }

  private long sum(ToLongFunction<AnswerCheck> figure) {
    return answers.stream().mapToLong(figure).sum();
  }
}
