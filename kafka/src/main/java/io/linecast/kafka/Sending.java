package io.linecast.kafka;

import io.linecast.kafka.Health.Source;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Sends batches, on one thread, in their order.
 *
 * <p>What one producer has sent to a partition is written as far as some line, and nothing behind
 * it: it has one request under way, and sends that again until it is taken. So with the first
 * failure a producer ends, before it sends anything more. Those whose senders are told are given up
 * then; the others are sent anew by the next producer, and if they are written twice, the sequence
 * in their headers tells.
 */
final class Sending implements Runnable {

  private static final System.Logger LOG = System.getLogger(Sending.class.getName());

  /** The producer's clock says it. */
  private static final @Nullable Long NO_TIME = null;

  private static final byte @Nullable [] NO_KEY = null;

  private static final long IDLE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final ClientSettings settings;
  private final String node;
  private final Outstanding outstanding;
  private final Alarm alarm;

  /** This thread's, once it runs. */
  private @Nullable Session session;

  /** Since when Kafka has not even taken a line; 0 if it has. */
  private long stuckSinceNanos;

  private volatile boolean closing;

  Sending(ClientSettings settings, String node, Outstanding outstanding, Alarm alarm) {
    this.settings = settings;
    this.node = node;
    this.outstanding = outstanding;
    this.alarm = alarm;
  }

  @Override
  public void run() {
    try {
      while (!closing) {
        turn();
      }
      Session last = session;
      if (last != null) {
        last.producer.close(Duration.ofMillis(200));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException | Error e) {
      alarm.onFault(Source.SENDING, e);
    }
  }

  private void turn() throws InterruptedException {
    if (alarm.has(Source.ENDED)) {
      refuse();
      return;
    }
    Session now = session;
    if (now != null && now.failure != null) {
      startAnew(now.failure);
      return;
    }
    WaitingBatch next = outstanding.next(IDLE_NANOS);
    if (next != null && !next.isGivenUp()) {
      send(next);
    }
  }

  /** The topic is another one: its lines are not ours. Whoever waits for an answer is told. */
  private void refuse() {
    Session ended = session;
    if (ended != null) {
      ended.producer.close(Duration.ZERO);
      session = null;
    }
    outstanding.giveUpAnswered();
    LockSupport.parkNanos(RETRY_NANOS);
  }

  private void send(WaitingBatch batch) {
    Session now;
    try {
      now = openSession();
    } catch (KafkaException e) {
      startAnew(e);
      return;
    }
    List<Header> shared =
        LineRecord.shared(batch.journal().channel(), batch.source(), batch.numbering());
    Delivery delivery = new Delivery(now, batch);
    int begin = 0;
    for (int line = 0; line < batch.lines() && now.failure == null; line++) {
      int end = batch.endOfLine(begin);
      if (line >= delivery.first) {
        byte[] value = Arrays.copyOfRange(batch.bytes(), begin, end - 1);
        sendLine(now, record(batch, line, value, shared), delivery, line);
      }
      begin = end;
    }
  }

  private ProducerRecord<byte[], byte[]> record(
      WaitingBatch batch, int line, byte[] value, List<Header> shared) {
    var partition = batch.journal().partition();
    ProducerRecord<byte[], byte[]> made =
        new ProducerRecord<>(
            partition.topic(), partition.partition(), NO_TIME, NO_KEY, value, shared);
    made.headers().add(LineRecord.mark(node, batch.firstSequence() + line));
    var numbering = batch.numbering();
    if (numbering != null) {
      made.headers().add(LineRecord.number(numbering.number(line)));
    }
    return made;
  }

  /** Tries until the producer has taken it, or something has failed. */
  private void sendLine(
      Session now, ProducerRecord<byte[], byte[]> record, Delivery delivery, int line) {
    Callback callback = (metadata, exception) -> delivery.onCompletion(line, metadata, exception);
    while (now.failure == null && !closing) {
      delivery.refusal = null;
      try {
        now.producer.send(record, callback);
      } catch (KafkaException | IllegalStateException e) {
        now.fail(e);
        return;
      }
      Exception refusal = delivery.refusal;
      if (refusal == null) {
        stuckSinceNanos = 0;
        return;
      }
      onRefusal(now, delivery, refusal);
      if (refusal instanceof RecordTooLargeException) {
        return;
      }
    }
  }

  private void onRefusal(Session now, Delivery delivery, Exception refusal) {
    if (refusal instanceof RecordTooLargeException) {
      onHopeless(delivery.batch, refusal);
    } else if (!(refusal instanceof TimeoutException)) {
      now.fail(refusal);
    } else if (stuckSinceNanos == 0) {
      stuckSinceNanos = System.nanoTime();
    } else if (System.nanoTime() - stuckSinceNanos > settings.patience().toNanos()) {
      now.fail(refusal);
    }
  }

  /** However often it is sent, it is never taken. */
  private void onHopeless(WaitingBatch batch, Exception why) {
    LOG.log(Level.WARNING, batch.journal().channel() + ": lines are not kept: " + Words.of(why));
    outstanding.giveUp(batch);
  }

  private Session openSession() {
    Session now = session;
    if (now == null) {
      now =
          new Session(
              new KafkaProducer<>(
                  settings.producer(), new ByteArraySerializer(), new ByteArraySerializer()));
      session = now;
    }
    return now;
  }

  private void startAnew(Exception failure) {
    Session ended = session;
    if (ended != null) {
      ended.producer.close(Duration.ZERO);
    }
    session = null;
    stuckSinceNanos = 0;
    alarm.onTrouble(Source.SENDING, Words.of(failure));
    outstanding.giveUpAnswered();
    LockSupport.parkNanos(RETRY_NANOS);
  }

  void close() {
    closing = true;
  }

  /** A producer, until something fails. */
  private static final class Session {
    private final Producer<byte[], byte[]> producer;

    /** Volatile: set by the producer's thread or the sending one. */
    private volatile @Nullable Exception failure;

    /** The producer's thread only. */
    private boolean ended;

    Session(Producer<byte[], byte[]> producer) {
      this.producer = producer;
    }

    /**
     * Sees to it that nothing more is sent. The producer's own thread, which calls this for each
     * record that fails with the first one.
     */
    void end() {
      if (!ended) {
        ended = true;
        producer.close(Duration.ZERO);
      }
    }

    void fail(Exception why) {
      if (failure == null) {
        failure = why;
      }
    }
  }

  /**
   * Told of a batch's lines, one after the other: by the producer's thread, and if it does not take
   * one, by the sending thread.
   */
  private final class Delivery {
    private final Session session;
    private final WaitingBatch batch;
    private final int first;
    private final Thread sender = Thread.currentThread();

    /** The producer's thread only. */
    private int written;

    private boolean failed;

    /** The sending thread only: why the line at hand was not taken. */
    private @Nullable Exception refusal;

    Delivery(Session session, WaitingBatch batch) {
      this.session = session;
      this.batch = batch;
      this.first = batch.written();
      this.written = first;
    }

    @SuppressWarnings("ReferenceEquality") // that thread
    void onCompletion(int line, @Nullable RecordMetadata metadata, @Nullable Exception exception) {
      if (Thread.currentThread() == sender) {
        refusal = exception;
      } else if (exception instanceof RecordTooLargeException) {
        failed = true;
        onHopeless(batch, exception);
      } else if (exception != null) {
        failed = true;
        session.fail(exception);
        session.end();
      } else if (!failed && line == written) {
        written++;
        batch.onAcknowledged(line, metadata == null ? -1 : metadata.offset());
        alarm.onWell(Source.SENDING);
      }
    }
  }
}
