package io.linecast.kafka;

import io.linecast.kafka.Health.Source;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;

/** Hears what is in the log, on one thread, and hands it back. */
final class Hearing implements Runnable {

  private static final System.Logger LOG = System.getLogger(Hearing.class.getName());
  private static final Duration POLL = Duration.ofMillis(100);
  private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** A poll that brings nothing may have ended before its failure came: so long without one. */
  private static final long WELL_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Consumer<byte[], byte[]> consumer;
  private final List<Returning> channels;
  private final Outstanding outstanding;
  private final Alarm alarm;

  /** How long somebody who wants an answer waits for it. */
  private final Duration patience;

  /** Those that are heard: their journals have been opened. */
  private final List<Returning> heard = new ArrayList<>();

  /** Since when Kafka has not been there, or has not let itself be read; 0 if it has. */
  private long awaySinceNanos;

  /** When it has not let itself be read last. */
  private long failureNanos = System.nanoTime();

  private volatile boolean closing;

  Hearing(
      Consumer<byte[], byte[]> consumer,
      List<Returning> channels,
      Outstanding outstanding,
      Alarm alarm,
      Duration patience) {
    this.consumer = consumer;
    this.channels = channels;
    this.outstanding = outstanding;
    this.alarm = alarm;
    this.patience = patience;
  }

  @Override
  public void run() {
    try {
      while (!closing) {
        turn();
      }
    } catch (WakeupException | InterruptException e) {
      // it ends
    } catch (RuntimeException | Error e) {
      alarm.onFault(Source.HEARING, e);
      failFromNowOn();
    } finally {
      consumer.close(org.apache.kafka.clients.consumer.CloseOptions.timeout(Duration.ZERO));
    }
  }

  private void turn() {
    adoptOpened();
    if (heard.isEmpty()) {
      LockSupport.parkNanos(POLL.toNanos());
      return;
    }
    if (alarm.has(Source.ENDED)) {
      outstanding.giveUpUnheard(); // what comes now belongs to another numbering
      LockSupport.parkNanos(POLL.toNanos());
    } else {
      hear();
      lookHowLong();
    }
    heard.forEach(Returning::failGivenUp);
  }

  private void hear() {
    try {
      hearNext();
    } catch (WakeupException | InterruptException e) {
      throw e;
    } catch (KafkaException e) {
      alarm.onTrouble(Source.HEARING, Words.of(e));
      heard.forEach(each -> consumer.seek(each.journal().partition(), each.position()));
      LockSupport.parkNanos(RETRY_NANOS);
      failureNanos = System.nanoTime();
    }
  }

  private void hearNext() {
    try {
      ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
      handBack(records);
      if (!records.isEmpty() || System.nanoTime() - failureNanos > WELL_NANOS) {
        alarm.onWell(Source.HEARING);
      }
    } catch (OffsetOutOfRangeException e) {
      onOutOfRange(e);
    }
  }

  private void lookHowLong() {
    for (Returning each : heard) {
      if (each.journal().holdup().isThere()) {
        outstanding.giveUpUnheard(each.journal());
      }
    }
    if (!alarm.has(Source.WATCH) && !alarm.has(Source.HEARING)) {
      awaySinceNanos = 0;
    } else if (awaySinceNanos == 0) {
      awaySinceNanos = System.nanoTime();
    } else if (System.nanoTime() - awaySinceNanos > patience.toNanos()) {
      outstanding.giveUpUnheard();
    }
  }

  /** After a fault nothing is heard any more; whoever waits for an answer is told. */
  private void failFromNowOn() {
    while (!closing) {
      outstanding.giveUpUnheard();
      heard.forEach(Returning::failGivenUp);
      LockSupport.parkNanos(POLL.toNanos());
    }
  }

  private void adoptOpened() {
    List<Returning> opened =
        channels.stream().filter(each -> each.journal().isOpen() && !heard.contains(each)).toList();
    if (!opened.isEmpty()) {
      heard.addAll(opened);
      consumer.assign(heard.stream().map(each -> each.journal().partition()).toList());
      heard.forEach(each -> consumer.seek(each.journal().partition(), each.position()));
    }
  }

  private void handBack(ConsumerRecords<byte[], byte[]> records) {
    for (Returning each : heard) {
      TopicPartition partition = each.journal().partition();
      each.onRecords(records.records(partition));
      each.onPosition(consumer.position(partition));
      String stranger = each.stranger();
      if (stranger != null) {
        alarm.onTrouble(Source.TOPIC, Tail.wordsFor(stranger, each.journal().channel(), partition));
      }
    }
  }

  /** Lines are gone before they were heard; or the log is shorter than it was. */
  private void onOutOfRange(OffsetOutOfRangeException lost) {
    Map<TopicPartition, Long> begins = consumer.beginningOffsets(lost.partitions());
    for (Returning each : heard) {
      Long begin = begins.get(each.journal().partition());
      if (begin == null) {
        continue;
      }
      if (begin > each.position()) {
        LOG.log(
            Level.ERROR,
            each.journal().channel()
                + ": lines up to "
                + begin
                + " were let go before this server had heard them; its clients are told that there"
                + " are none");
        each.onLetGo(begin);
        consumer.seek(each.journal().partition(), begin);
      } else {
        alarm.onTrouble(
            Source.ENDED,
            "the log ends before line "
                + (each.position() + 1)
                + " now: lines are lost there, or the topic was made anew; start the server anew");
      }
    }
  }

  void close() {
    closing = true;
    consumer.wakeup();
  }
}
