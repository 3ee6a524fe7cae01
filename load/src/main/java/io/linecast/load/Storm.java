package io.linecast.load;

import com.google.gson.JsonArray;
import java.util.ArrayList;
import java.util.Collections;
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
      throw new UsageException("storm takes clients that speak plain lines");
    }
  }

  Report run() {
    Share share = Share.of(options).getFirst();
    Meter meter = new Meter(options.serverProcess());
    JsonArray json = new JsonArray();
    List<Double> seconds = new ArrayList<>();
    int probes = 0;
    String failure = "";
    while (seconds.size() < rounds && failure.isEmpty()) {
      progress.run("round " + (seconds.size() + 1));
      long began = System.nanoTime();
      Fleet fleet = Connector.connectAtOnce(share.target(), options.connections());
      try {
        probes = Math.max(probes, new Probe(fleet, share).run());
        seconds.add((System.nanoTime() - began) / NANOS_PER_SECOND);
        json.add(seconds.getLast());
      } catch (LoadFailure e) {
        if (seconds.isEmpty()) {
          throw e; // not a matter of the storm
        }
        failure = String.valueOf(e.getMessage());
      } finally {
        fleet.reset();
      }
    }
    Usage usage = meter.read();
    List<Figure> figures = new ArrayList<>(figures(options.connections(), seconds, probes));
    figures.addAll(usage.figures());
    List<String> warnings = new ArrayList<>(Doubts.ofTheKernel(usage.kernel()));
    if (!failure.isEmpty()) {
      warnings.add("round " + (seconds.size() + 1) + ": " + failure);
    }
    boolean clean = failure.isEmpty();
    String verdict =
        clean ? "all were served in every round" : "NOT ALL WERE SERVED IN EVERY ROUND";
    return new Report(figures, Map.of("rounds", json), warnings, verdict, clean, new double[0][]);
  }

  private static List<Figure> figures(int connections, List<Double> seconds, int probes) {
    double worst = Collections.max(seconds);
    return List.of(
        Figure.count("connections", "connections", connections),
        Figure.count("storm_rounds", "rounds", seconds.size()),
        new Figure("first_round_seconds", "first round: all served in", seconds.getFirst(), 3, "s"),
        new Figure("worst_round_seconds", "slowest round: all served in", worst, 3, "s"),
        // Not lost: what is sent before a client is let in does not reach it.
        Figure.count("probes_max", "  lines sent until all heard one", probes));
  }
}
