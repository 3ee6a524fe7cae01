package io.linecast.load;

import com.google.gson.JsonArray;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The scenario in which all connect at once, are cut, and come back. */
final class Storm {
  private static final double NANOS_PER_SECOND = 1e9;

  private final LoadOptions options;
  private final int rounds;
  private final Progress progress;

  Storm(LoadOptions options, int rounds, Progress progress) {
    this.options = options;
    this.rounds = rounds;
    this.progress = progress;
    if (options.dialect() != Dialect.LINES) {
      throw new UsageException("storm takes clients that speak lines");
    }
  }

  Report run() {
    Share share = Share.of(options).getFirst();
    double[] seconds = new double[rounds];
    JsonArray json = new JsonArray();
    for (int round = 0; round < rounds; round++) {
      progress.run("round " + (round + 1));
      long began = System.nanoTime();
      Fleet fleet = Connector.connectAtOnce(share.target(), options.connections());
      try {
        new Probe(fleet, share).run();
        seconds[round] = (System.nanoTime() - began) / NANOS_PER_SECOND;
        json.add(seconds[round]);
      } finally {
        fleet.reset();
      }
    }
    double worst = Arrays.stream(seconds).max().orElse(0);
    List<Figure> figures =
        List.of(
            Figure.count("connections", "connections", options.connections()),
            Figure.count("storm_rounds", "rounds", rounds),
            new Figure("first_round_seconds", "first round: all served in", seconds[0], 3, "s"),
            new Figure("worst_round_seconds", "slowest round: all served in", worst, 3, "s"));
    return new Report(
        figures,
        Map.of("rounds", json),
        List.of(),
        "all were served in every round",
        true,
        new double[0][]);
  }
}
