package io.linecast.kafka;

import com.google.gson.Gson;
import java.io.Closeable;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * One line at a time from who sends it to who hears it: through Kafka by its own clients and
 * nothing else, or through a server. Who waits sleeps, in both. Writes what it measures to standard
 * output as JSON.
 *
 * <p>Words: {@code kafka HOST:PORT,…/TOPIC REPLICAS} or {@code lines HOST:PORT}, and then {@code
 * LINE_BYTES SECONDS}.
 */
public final class RoundTrips {

  private static final long WARM_UP_NANOS = TimeUnit.SECONDS.toNanos(8);
  private static final double NANOS_PER_MILLI = 1e6;

  private RoundTrips() {}

  /** A way for a line. */
  interface Way extends Closeable {

    /** Sends a line and returns when it has come. */
    void pass() throws IOException;
  }

  /** Runs. */
  public static void main(String[] words) throws IOException {
    int lineBytes = Integer.parseInt(words[words.length - 2]);
    try (Way way =
        words[0].equals("kafka")
            ? BareKafka.open(TopicPlace.parse(words[1]), Integer.parseInt(words[2]), lineBytes)
            : new TwoSockets(words[1], lineBytes)) {
      System.out.println(
          new Gson().toJson(measure(way, Integer.parseInt(words[words.length - 1]))));
    }
  }

  private static Map<String, Object> measure(Way way, int seconds) throws IOException {
    for (long began = System.nanoTime(); System.nanoTime() - began < WARM_UP_NANOS; ) {
      way.pass();
    }
    Histogram histogram = new Histogram(3);
    long began = System.nanoTime();
    while (System.nanoTime() - began < TimeUnit.SECONDS.toNanos(seconds)) {
      long start = System.nanoTime();
      way.pass();
      histogram.recordValue(System.nanoTime() - start);
    }
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("lines_passed", histogram.getTotalCount());
    figures.put("latency_p50_millis", histogram.getValueAtPercentile(50) / NANOS_PER_MILLI);
    figures.put("latency_p99_millis", histogram.getValueAtPercentile(99) / NANOS_PER_MILLI);
    figures.put("clean", histogram.getTotalCount() > 0);
    return figures;
  }
}
