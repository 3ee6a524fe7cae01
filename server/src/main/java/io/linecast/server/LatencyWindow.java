package io.linecast.server;

import io.linecast.core.ServingTimes;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * How long a channel's deliveries took in the last seconds. Recording is safe from any thread and
 * costs two steps in memory; one thread turns the page each second, and reads.
 *
 * <p>A duration is counted in one of 32 cells for each power of two: it is known to 3 %.
 */
final class LatencyWindow implements ServingTimes {

  /** Full ones that are looked at. */
  private static final int SECONDS = 5;

  private static final int CELL_BITS = 5;
  private static final int CELLS_PER_POWER = 1 << CELL_BITS;
  private static final int CELLS = (Long.SIZE - CELL_BITS) * CELLS_PER_POWER;

  /**
   * What is told, in milliseconds.
   *
   * @param p50 half took no longer
   * @param p99 99 of 100 took no longer
   */
  record Latency(double p50, double p99, double max) {}

  private static final class Second {
    private final AtomicIntegerArray cells = new AtomicIntegerArray(CELLS);
    private final AtomicLong max = new AtomicLong();

    void clear() {
      for (int i = 0; i < CELLS; i++) {
        cells.setPlain(i, 0);
      }
      max.set(0);
    }
  }

  private final Second[] seconds =
      Stream.generate(Second::new).limit(SECONDS + 1).toArray(Second[]::new);

  /** Volatile: whoever records sees it cleared. One who has just looked may be late, by one. */
  private volatile Second current = seconds[0];

  private int turned;

  @Override
  public void delivered(long nanos) {
    Second now = current;
    now.cells.incrementAndGet(cellOf(Math.max(0, nanos)));
    if (nanos > now.max.get()) {
      now.max.accumulateAndGet(nanos, Math::max);
    }
  }

  @Override
  public void swept(long nanos) {}

  /** A second is over. */
  void turn() {
    turned = (turned + 1) % seconds.length;
    seconds[turned].clear();
    current = seconds[turned];
  }

  /** That of the last full seconds; empty if nothing was recorded. */
  Optional<Latency> latency() {
    int[] cells = new int[CELLS];
    long count = 0;
    long max = 0;
    for (Second second : seconds) {
      if (second != current) {
        max = Math.max(max, second.max.get());
        for (int i = 0; i < CELLS; i++) {
          int counted = second.cells.getPlain(i);
          cells[i] += counted;
          count += counted;
        }
      }
    }
    return count == 0
        ? Optional.empty()
        : Optional.of(
            new Latency(
                millis(Math.min(max, quantile(cells, count, 50))),
                millis(Math.min(max, quantile(cells, count, 99))),
                millis(max)));
  }

  private static long quantile(int[] cells, long count, int percent) {
    long rank = Math.max(1, (count * percent + 99) / 100);
    int cell = 0;
    for (long seen = cells[0]; seen < rank; seen += cells[cell]) {
      cell++;
    }
    return endOf(cell);
  }

  private static int cellOf(long nanos) {
    if (nanos < CELLS_PER_POWER) {
      return (int) nanos;
    }
    int shift = Long.SIZE - 1 - Long.numberOfLeadingZeros(nanos) - CELL_BITS;
    return (shift << CELL_BITS) + (int) (nanos >>> shift);
  }

  /** The longest duration that is counted in a cell. */
  private static long endOf(int cell) {
    if (cell < 2 * CELLS_PER_POWER) {
      return cell;
    }
    int shift = (cell >> CELL_BITS) - 1;
    long start = (long) (cell - (shift << CELL_BITS)) << shift;
    return start + (1L << shift) - 1;
  }

  /** To the microsecond. */
  static double millis(long nanos) {
    return TimeUnit.NANOSECONDS.toMicros(nanos) / 1000.0;
  }
}
