package io.linecast.kafka;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Whether somebody's open transaction holds up a partition's lines: those behind its first record
 * are heard by nobody before it has ended. It is trouble once lines of this server have waited for
 * as long as a line may, and until readers may read on.
 *
 * <p>The watching thread looks; anybody may ask.
 */
final class Holdup {

  /** Where it could not be looked at for longer, nobody knows how it was meanwhile. */
  private static final long MOST_BETWEEN_LOOKS_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final TopicPartition partition;
  private final long patienceNanos;

  /** Up to where consumers could read. The watching thread only. */
  private long stableEnd = -1;

  /** Since when that was seen, and lines of this server wait. The watching thread only. */
  private long sinceNanos;

  private boolean waited;

  /** When it was last looked at. The watching thread only. */
  private long lookNanos;

  /** Volatile, all: written by the watching thread, read by any. */
  private volatile @Nullable String trouble;

  private volatile long times;

  /**
   * Nothing is held up.
   *
   * @param patience how long a line may wait
   */
  Holdup(TopicPartition partition, Duration patience) {
    this.partition = partition;
    this.patienceNanos = patience.toNanos();
  }

  /**
   * How it is now.
   *
   * @param newStableEnd the offset behind the last record that may be read
   * @param end that behind the last record
   * @param ownWait whether lines of this server wait to be heard
   * @return whether trouble has just begun or ended
   */
  @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes
  boolean onLook(long newStableEnd, long end, boolean ownWait, long nanos) {
    boolean wasTrouble = trouble != null;
    boolean goesOn = waited && ownWait && nanos - lookNanos < MOST_BETWEEN_LOOKS_NANOS;
    waited = ownWait;
    lookNanos = nanos;
    if (newStableEnd >= end || newStableEnd != stableEnd) {
      stableEnd = newStableEnd;
      sinceNanos = nanos;
      trouble = null;
      return wasTrouble;
    }
    if (!goesOn) {
      sinceNanos = nanos;
    }
    if (wasTrouble || nanos - sinceNanos < patienceNanos || !ownWait) {
      return false;
    }
    times++;
    trouble = words();
    return true;
  }

  private String words() {
    return ("another program has had a transaction open in partition %d of topic %s since offset %d:"
            + " no line behind it can be heard before that ends; end that program, or abort its"
            + " transaction (kafka-transactions.sh abort --topic %s --partition %d --start-offset"
            + " %d)")
        .formatted(
            partition.partition(),
            partition.topic(),
            stableEnd,
            partition.topic(),
            partition.partition(),
            stableEnd);
  }

  Optional<String> trouble() {
    return Optional.ofNullable(trouble);
  }

  boolean isThere() {
    return trouble != null;
  }

  /** How often trouble has begun. */
  long times() {
    return times;
  }
}
