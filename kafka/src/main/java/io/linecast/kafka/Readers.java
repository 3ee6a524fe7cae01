package io.linecast.kafka;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * Consumers that read old lines: made when they are needed, and kept for later. Whoever goes on
 * where one has come to gets that one, which may have the next records already. Safe from any
 * thread.
 */
final class Readers implements AutoCloseable {

  /** More than may be used at once; these are kept. */
  private static final int MOST_RESTING = 4;

  private final ClientSettings settings;
  private final int maxLineBytes;
  private final List<OldRecords> resting = new ArrayList<>();
  private boolean closed;

  Readers(ClientSettings settings, int maxLineBytes) {
    this.settings = settings;
    this.maxLineBytes = maxLineBytes;
  }

  int maxLineBytes() {
    return maxLineBytes;
  }

  /** A consumer and what it has read and nobody has taken yet. One thread's at a time. */
  static final class OldRecords implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(500);

    final Consumer<byte[], byte[]> consumer;
    private final Deque<ConsumerRecord<byte[], byte[]>> read = new ArrayDeque<>();
    private @Nullable TopicPartition partition;

    /** Where it goes on, if nobody seeks. */
    private long next;

    OldRecords(Consumer<byte[], byte[]> consumer) {
      this.consumer = consumer;
    }

    boolean isAt(TopicPartition its, long offset) {
      return its.equals(partition) && next == offset;
    }

    void seek(TopicPartition its, long offset) {
      if (!isAt(its, offset)) {
        consumer.assign(List.of(its));
        consumer.seek(its, offset);
        read.clear();
        partition = its;
        next = offset;
      }
    }

    /** The next record up to an offset; null if there is none. */
    @Nullable ConsumerRecord<byte[], byte[]> peek(long lastOffset, Duration patience)
        throws IOException {
      TopicPartition its = java.util.Objects.requireNonNull(partition);
      long giveUp = System.nanoTime() + patience.toNanos();
      while (read.isEmpty() && consumer.position(its) <= lastOffset) {
        read.addAll(consumer.poll(POLL).records(its));
        if (read.isEmpty() && System.nanoTime() - giveUp > 0) {
          throw new IOException("Kafka does not answer");
        }
      }
      ConsumerRecord<byte[], byte[]> first = read.peek();
      return first == null || first.offset() > lastOffset ? null : first;
    }

    /** The one that was looked at is taken. */
    void take() {
      next = read.remove().offset() + 1;
    }

    @Override
    public void close() {
      consumer.close(CloseOptions.timeout(Duration.ZERO));
    }
  }

  /** What is asked of a reader. */
  @FunctionalInterface
  interface Question<T> {
    T ask(OldRecords reader) throws IOException;
  }

  /** Asks one that is at an offset, if there is one. */
  <T> T ask(TopicPartition partition, long offset, Question<T> question) throws IOException {
    OldRecords reader = null;
    boolean isWell = false;
    try {
      reader = take(partition, offset);
      T answer = question.ask(reader);
      isWell = true;
      return answer;
    } catch (KafkaException e) {
      throw new IOException(settings.place() + ": " + Words.of(e), e);
    } finally {
      if (reader != null) {
        giveBack(reader, isWell);
      }
    }
  }

  Duration patience() {
    return settings.patience();
  }

  private OldRecords take(TopicPartition partition, long offset) throws IOException {
    synchronized (resting) {
      if (closed) {
        throw new IOException(settings.place() + " is closed");
      }
      for (Iterator<OldRecords> each = resting.iterator(); each.hasNext(); ) {
        OldRecords reader = each.next();
        if (reader.isAt(partition, offset)) {
          each.remove();
          return reader;
        }
      }
      if (resting.size() >= MOST_RESTING) {
        return resting.removeFirst(); // the one that has rested longest
      }
    }
    return new OldRecords(
        new KafkaConsumer<>(
            settings.reader(), new ByteArrayDeserializer(), new ByteArrayDeserializer()));
  }

  private void giveBack(OldRecords reader, boolean isWell) {
    synchronized (resting) {
      if (isWell && !closed && resting.size() < MOST_RESTING) {
        resting.add(reader);
        return;
      }
    }
    reader.close();
  }

  @Override
  public void close() {
    synchronized (resting) {
      closed = true;
      resting.forEach(OldRecords::close);
      resting.clear();
    }
  }
}
