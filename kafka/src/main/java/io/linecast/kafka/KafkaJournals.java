package io.linecast.kafka;

import io.linecast.core.Journal;
import io.linecast.core.JournalException;
import io.linecast.core.JournalOptions;
import io.linecast.core.Journals;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * A topic, opened to keep the lines of a server's channels: a partition each, in the order in which
 * they are asked for.
 *
 * <p>Three threads: one sends, one hears, one looks how Kafka is.
 */
final class KafkaJournals implements Journals {

  private static final long RETRY_NANOS = Duration.ofMillis(200).toNanos();

  /** How this process marks its records. */
  private final String node =
      Long.toString(ThreadLocalRandom.current().nextLong(Long.MAX_VALUE), Character.MAX_RADIX);

  private final ClientSettings settings;
  private final int maxLineBytes;
  private final Admin admin;
  private final Topic topic;
  private final Health health = new Health();
  private final Outstanding outstanding = new Outstanding(ClientSettings.WAITING_BYTES);
  private final Readers readers;

  /** All channels' journals; added to by the thread that starts the server. */
  private final List<Returning> channels = new CopyOnWriteArrayList<>();

  private final Alarm alarm;
  private final Sending sending;
  private final Hearing hearing;
  private final Watch watch;
  private final List<Thread> threads;

  private KafkaJournals(ClientSettings settings, JournalOptions options, int maxLineBytes) {
    this.settings = settings;
    this.maxLineBytes = maxLineBytes;
    this.admin = Admin.create(settings.admin());
    this.topic = new Topic(admin, settings.place(), options.kafkaReplication());
    this.readers = new Readers(settings, maxLineBytes);
    this.alarm = new Alarm(settings.place(), health, channels);
    this.sending = new Sending(settings, node, outstanding, alarm);
    this.hearing =
        new Hearing(newConsumer(settings), channels, outstanding, alarm, settings.patience());
    this.watch = new Watch(admin, topic, channels, outstanding, alarm, settings.patience());
    this.threads =
        List.of(
            Thread.ofPlatform().name("linecast-kafka-send").unstarted(sending),
            Thread.ofPlatform().name("linecast-kafka-hear").unstarted(hearing),
            Thread.ofPlatform().name("linecast-kafka-watch").unstarted(watch));
  }

  /**
   * Opens a topic, or will make it.
   *
   * @param maxLineBytes the longest line, with its line feed; longer ones are passed over
   * @throws JournalException if Kafka's clients do not take the settings, or know none of the hosts
   *     as long as a sender would wait
   */
  static KafkaJournals open(ClientSettings settings, JournalOptions options, int maxLineBytes) {
    long giveUp = System.nanoTime() + settings.patience().toNanos();
    while (true) {
      try {
        KafkaJournals journals = new KafkaJournals(settings, options, maxLineBytes);
        journals.threads.forEach(Thread::start);
        return journals;
      } catch (KafkaException e) {
        if (!Words.isOfUnknownHost(e) || System.nanoTime() - giveUp > 0) {
          throw trouble(settings.place(), e);
        }
        LockSupport.parkNanos(RETRY_NANOS); // a name may come to be known
      }
    }
  }

  private static JournalException trouble(TopicPlace place, KafkaException failure) {
    return new JournalException(false, place + ": " + Words.of(failure), failure);
  }

  private static Consumer<byte[], byte[]> newConsumer(ClientSettings settings) {
    return new KafkaConsumer<>(
        settings.live(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  @Override
  public Journal of(String channel) {
    int number = channels.size();
    TopicPartition partition = new TopicPartition(settings.place().topic(), number);
    KafkaJournal journal;
    Tail tail;
    try (Consumer<byte[], byte[]> consumer = newConsumer(settings)) {
      persist(() -> topic.ensure(number + 1) ? Optional.of(true) : Optional.empty());
      String id = persist(() -> topic.describe().map(found -> found.topicId().toString()));
      watch.expect(id);
      tail =
          persist(
              () ->
                  Optional.of(
                      Tail.read(consumer, partition, channel, maxLineBytes, settings.patience())));
      journal =
          new KafkaJournal(
              channel, id + "." + number, tail, readers, outstanding, health, settings.patience());
    }
    channels.add(
        new Returning(
            journal, node, maxLineBytes, tail.repetitions(), outstanding, alarm::tellJournals));
    return journal;
  }

  @Override
  public void onComplete() {
    watch.onComplete();
  }

  /** Asks until there is an answer, as long as a sender would wait for one. */
  private <T> T persist(Supplier<Optional<T>> question) {
    long giveUp = System.nanoTime() + settings.patience().toNanos();
    while (true) {
      KafkaException failure = new KafkaException("the topic's partitions do not appear");
      try {
        Optional<T> answer = question.get();
        if (answer.isPresent()) {
          return answer.get();
        }
      } catch (RetriableException e) {
        failure = e;
      } catch (KafkaException e) {
        throw trouble(settings.place(), e);
      }
      if (System.nanoTime() - giveUp > 0) {
        throw trouble(settings.place(), failure);
      }
      LockSupport.parkNanos(RETRY_NANOS);
    }
  }

  @Override
  public void close() {
    outstanding.close();
    sending.close();
    hearing.close();
    watch.close();
    boolean interrupted = false;
    for (Thread thread : threads) {
      while (thread.isAlive()) {
        try {
          thread.join();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    }
    readers.close();
    admin.close(Duration.ofSeconds(1));
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
