package io.linecast.kafka;

import io.linecast.core.History;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** A channel's lines, read from its partition by their offsets. */
final class KafkaHistory implements History {

  private static final Stretch GONE = new Stretch(0, 0);

  private final TopicPartition partition;
  private final Extent extent;
  private final Readers readers;

  KafkaHistory(TopicPartition partition, Extent extent, Readers readers) {
    this.partition = partition;
    this.extent = extent;
    this.readers = readers;
  }

  @Override
  public long oldest() {
    long oldest = extent.begin() + 1;
    return oldest > extent.handedBack() ? Long.MAX_VALUE : oldest;
  }

  @Override
  public Stretch read(long first, long last, ByteBuffer into) throws IOException {
    while (true) {
      long from = Math.max(first - 1, extent.begin());
      long to = Math.min(last, extent.handedBack()) - 1;
      if (from > to) {
        return new Stretch(last + 1, 0);
      }
      Stretch found =
          readers.ask(partition, from, reader -> readIfThere(reader, from, to, last, into));
      if (found.first() > 0) {
        return found;
      }
    }
  }

  /** {@link #GONE} if the first has just been let go. */
  private Stretch readIfThere(
      Readers.OldRecords reader, long from, long to, long last, ByteBuffer into)
      throws IOException {
    int start = into.position();
    try {
      return read(reader, from, to, last, into);
    } catch (OffsetOutOfRangeException e) {
      into.position(start);
      long begin =
          Objects.requireNonNull(
              reader.consumer.beginningOffsets(List.of(partition)).get(partition));
      if (begin <= from) {
        throw e;
      }
      extent.onBegin(begin);
      return GONE;
    }
  }

  /** Lines of the offsets from one to another, as many as there is room for. */
  private Stretch read(Readers.OldRecords reader, long from, long to, long last, ByteBuffer into)
      throws IOException {
    reader.seek(partition, from);
    List<Hole> holes = new ArrayList<>(0);
    long first = -1;
    int lines = 0;
    long next = from;
    ConsumerRecord<byte[], byte[]> found = nextLine(reader, to);
    while (found != null && found.value().length < into.remaining()) {
      first = lines == 0 ? found.offset() : first;
      addHole(holes, lines, found.offset() - next);
      into.put(found.value()).put((byte) '\n');
      lines++;
      next = found.offset() + 1;
      reader.take();
      found = nextLine(reader, to);
    }
    if (lines > 0) {
      addHole(holes, lines, (found == null ? to + 1 : found.offset()) - next);
      return new Stretch(first + 1, lines, holes);
    }
    return new Stretch(found == null ? last + 1 : found.offset() + 1, 0);
  }

  private static void addHole(List<Hole> holes, int lines, long numbers) {
    if (lines > 0 && numbers > 0) {
      holes.add(new Hole(lines, numbers));
    }
  }

  /**
   * The next record up to an offset that is a line; it has not been taken. Null if there is none.
   */
  private @Nullable ConsumerRecord<byte[], byte[]> nextLine(Readers.OldRecords reader, long to)
      throws IOException {
    ConsumerRecord<byte[], byte[]> next = reader.peek(to, readers.patience());
    while (next != null && !isLine(next)) {
      reader.take();
      next = reader.peek(to, readers.patience());
    }
    return next;
  }

  private boolean isLine(ConsumerRecord<byte[], byte[]> written) {
    return Lines.isLine(written.value(), readers.maxLineBytes())
        && !extent.isPassedOver(written.offset());
  }

  @Override
  public long lineAt(Instant time) throws IOException {
    long millis = millisNotBefore(time);
    return readers.ask(
        partition,
        -1,
        reader -> {
          Map<TopicPartition, OffsetAndTimestamp> found =
              reader.consumer.offsetsForTimes(Map.of(partition, millis));
          OffsetAndTimestamp first = found.get(partition);
          return first == null || first.offset() >= extent.handedBack()
              ? Long.MAX_VALUE
              : first.offset() + 1;
        });
  }

  private static long millisNotBefore(Instant time) {
    try {
      long millis = time.toEpochMilli();
      return Math.max(0, Instant.ofEpochMilli(millis).isBefore(time) ? millis + 1 : millis);
    } catch (ArithmeticException e) {
      return time.isAfter(Instant.EPOCH) ? Long.MAX_VALUE : 0;
    }
  }
}
