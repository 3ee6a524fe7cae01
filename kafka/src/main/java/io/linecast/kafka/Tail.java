package io.linecast.kafka;

import io.linecast.core.Journal.Sent;
import io.linecast.core.JournalException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * A partition's newest records, looked at before its channel is opened: what publishers have sent,
 * so that what they say again makes no second line.
 */
final class Tail {

  private static final Duration POLL = Duration.ofMillis(500);

  private final TopicPartition partition;
  private final String channel;
  private final Extent extent;
  private final long lastLine;
  private final Repetitions repetitions = new Repetitions();

  /** Of each publisher the runs of numbers; whoever sent last comes last. */
  private final Map<String, List<Sent>> sent = new LinkedHashMap<>(16, 0.75f, true);

  private Tail(TopicPartition partition, String channel, long begin, long end) {
    this.partition = partition;
    this.channel = channel;
    this.extent = new Extent(begin, end);
    this.lastLine = end;
  }

  /**
   * Reads it.
   *
   * @param patience how long it may take that nothing comes
   * @throws JournalException if another channel's lines are there
   * @throws TimeoutException if Kafka does not answer
   */
  static Tail read(
      Consumer<byte[], byte[]> consumer,
      TopicPartition partition,
      String channel,
      int maxLineBytes,
      Duration patience) {
    List<TopicPartition> partitions = List.of(partition);
    consumer.assign(partitions);
    long begin = Objects.requireNonNull(consumer.beginningOffsets(partitions).get(partition));
    long end = Objects.requireNonNull(consumer.endOffsets(partitions).get(partition));
    Tail tail = new Tail(partition, channel, begin, end);
    consumer.seek(partition, Math.max(begin, end - ClientSettings.TAIL_RECORDS));
    long position = -1;
    long giveUp = System.nanoTime() + patience.toNanos();
    while (consumer.position(partition) < end) {
      for (ConsumerRecord<byte[], byte[]> each : consumer.poll(POLL).records(partition)) {
        if (each.offset() < end) {
          tail.add(each, maxLineBytes);
        }
      }
      if (consumer.position(partition) != position) {
        position = consumer.position(partition);
        giveUp = System.nanoTime() + patience.toNanos();
      } else if (System.nanoTime() - giveUp > 0) {
        throw new TimeoutException("no more records come");
      }
    }
    return tail;
  }

  private void add(ConsumerRecord<byte[], byte[]> written, int maxLineBytes) {
    LineRecord said = LineRecord.of(written);
    if (said.isOurs() && !said.channel().equals(channel)) {
      throw new JournalException(false, wordsFor(said.channel(), channel, partition));
    }
    if (!repetitions.isNew(said)) {
      extent.onPassedOver(written.offset());
    } else if (said.isNumbered() && Lines.isLine(written.value(), maxLineBytes)) {
      addSent(said, written.offset() + 1);
    }
  }

  private void addSent(LineRecord said, long line) {
    List<Sent> runs = sent.computeIfAbsent(said.publisher(), _ -> new ArrayList<>());
    Sent run = runs.isEmpty() ? null : runs.getLast();
    if (run != null
        && run.number() + run.count() == said.number()
        && run.line() + run.count() == line) {
      runs.set(
          runs.size() - 1, new Sent(run.publisher(), run.number(), run.line(), run.count() + 1));
    } else {
      runs.add(new Sent(said.publisher(), said.number(), line, 1));
    }
  }

  static String wordsFor(String met, String channel, TopicPartition partition) {
    return "%s has lines of channel '%s' where '%s' has its own: give all servers of a topic the same channels in the same order"
        .formatted(
            "partition " + partition.partition() + " of topic " + partition.topic(), met, channel);
  }

  TopicPartition partition() {
    return partition;
  }

  Extent extent() {
    return extent;
  }

  long lastLine() {
    return lastLine;
  }

  Repetitions repetitions() {
    return repetitions;
  }

  List<Sent> sent() {
    return sent.values().stream().flatMap(List::stream).toList();
  }
}
