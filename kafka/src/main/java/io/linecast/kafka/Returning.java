package io.linecast.kafka;

import io.linecast.core.Batch;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Hands a partition's records back as lines, in their order: own ones as the batches that they came
 * in, others in runs. What is no line makes its number void.
 *
 * <p>The hearing thread's.
 */
final class Returning {

  private static final System.Logger LOG = System.getLogger(Returning.class.getName());

  private final KafkaJournal journal;
  private final String node;
  private final int maxLineBytes;
  private final Repetitions repetitions;
  private final Outstanding outstanding;
  private final Runnable onRoom;
  private final ForeignRun foreign = new ForeignRun();

  /** The number up to which all has been handed back, or is in what is gathered. */
  private long last;

  /** What is gathered: own lines of one batch, or foreign ones, or void numbers, or nothing. */
  private @Nullable WaitingBatch own;

  private int ownLines;

  /** Whether the own lines that are gathered repeat earlier ones, and so are none. */
  private boolean ownRepeat;

  private long voids;

  /** Whether records were let go unheard, and no own line has come since. */
  private boolean hasMissed;

  /** Those before this offset were; 0: none. */
  private long letGoBefore;

  /** The name of another channel, whose record was met here; null if none was. */
  private @Nullable String stranger;

  /**
   * Goes on where a tail ends.
   *
   * @param node how this process marks its records
   * @param maxLineBytes longer lines, with their line feed, are none
   * @param onRoom told when there is room for lines again
   */
  Returning(
      KafkaJournal journal,
      String node,
      int maxLineBytes,
      Repetitions repetitions,
      Outstanding outstanding,
      Runnable onRoom) {
    this.journal = journal;
    this.node = node;
    this.maxLineBytes = maxLineBytes;
    this.repetitions = repetitions;
    this.outstanding = outstanding;
    this.onRoom = onRoom;
    this.last = journal.lastLine();
  }

  KafkaJournal journal() {
    return journal;
  }

  /** The offset of the next record. */
  long position() {
    return last;
  }

  @Nullable String stranger() {
    return stranger;
  }

  void onRecords(List<ConsumerRecord<byte[], byte[]>> records) {
    for (ConsumerRecord<byte[], byte[]> each : records) {
      if (each.offset() >= last) {
        skipTo(each.offset());
        onRecord(each);
      }
    }
    flush();
  }

  /** There are no records before this offset that have not been seen. */
  void onPosition(long offset) {
    skipTo(offset);
    flush();
  }

  /** Those before this offset were let go before they were heard; own lines may be among them. */
  void onLetGo(long offset) {
    hasMissed = true;
    letGoBefore = offset;
    onPosition(offset);
  }

  private void skipTo(long offset) {
    if (offset > last) {
      addVoid(offset - last);
    }
  }

  private void onRecord(ConsumerRecord<byte[], byte[]> written) {
    LineRecord said = LineRecord.of(written);
    boolean isLine = isLine(written, said);
    if (said.node().equals(node) && addOwn(said.sequence(), !isLine)) {
      return;
    }
    if (isLine) {
      addForeign(said, written.value());
    } else {
      addVoid(1);
    }
  }

  private boolean isLine(ConsumerRecord<byte[], byte[]> written, LineRecord said) {
    if (said.isOurs() && !said.channel().equals(journal.channel())) {
      stranger = said.channel();
      journal.extent().onPassedOver(written.offset());
      return false;
    }
    if (!repetitions.isNew(said)) {
      journal.extent().onPassedOver(written.offset());
      return false;
    }
    return Lines.isLine(written.value(), maxLineBytes);
  }

  /**
   * An own line has come back; or what repeats an earlier one, and is none.
   *
   * @return whether its sender waits for it still
   */
  @SuppressWarnings("ReferenceEquality") // that batch
  private boolean addOwn(long sequence, boolean isRepeat) {
    WaitingBatch batch = own != null && isNext(own, sequence) ? own : find(sequence);
    if (batch == null) {
      return false;
    }
    if (batch != own || isRepeat != ownRepeat) {
      flush();
      long before = sequence - batch.firstSequence() - batch.returned();
      if (before < 0) {
        return false; // it had been sent twice, and has come back
      }
      onPassed(batch, before);
      hasMissed = false;
      own = batch;
      ownRepeat = isRepeat;
    }
    ownLines++;
    last++;
    if (sequence + 1 == batch.endSequence()) {
      flush();
    }
    return true;
  }

  private boolean isNext(WaitingBatch batch, long sequence) {
    return sequence == batch.firstSequence() + batch.returned() + ownLines;
  }

  private @Nullable WaitingBatch find(long sequence) {
    flush();
    List<WaitingBatch> passed = new ArrayList<>(0);
    WaitingBatch found = outstanding.find(journal, sequence, passed);
    passed.forEach(each -> onPassed(each, each.lines() - each.returned()));
    return found;
  }

  /**
   * A later own line has come before these: they are not in the log, and whatever may still come of
   * them is none. Those that are to be kept whatever happens are sent again, as new ones; except
   * what was written, and let go before it was heard.
   */
  private void onPassed(WaitingBatch batch, long count) {
    if (batch.isAnswered() || batch.isGivenUp()) {
      failLines(batch, count);
      return;
    }
    long lost =
        hasMissed ? Math.clamp((long) batch.acknowledged() - batch.returned(), 0, count) : 0;
    failLines(batch, lost);
    if (count > lost) {
      int lines = (int) (count - lost);
      LOG.log(
          Level.WARNING,
          journal.channel() + ": lines sent again, as Kafka has later ones only: " + lines);
      outstanding.add(journal, batch.next(lines));
      onReturned(batch);
    }
  }

  private void addForeign(LineRecord said, byte[] line) {
    if (foreign.isEmpty() || !foreign.takes(said, line)) {
      flush();
    }
    foreign.add(said, line);
    last++;
  }

  private void addVoid(long numbers) {
    if (voids == 0) {
      flush();
    }
    voids += numbers;
    last += numbers;
  }

  /** Hands back what is gathered. */
  private void flush() {
    WaitingBatch batch = own;
    if (batch != null) {
      own = null;
      Batch lines = batch.next(ownLines);
      ownLines = 0;
      handBackOwn(lines);
      onReturned(batch);
    } else if (!foreign.isEmpty()) {
      handBack(foreign.take());
    } else if (voids > 0) {
      long first = last - voids + 1;
      voids = 0;
      journal.tell(kept -> kept.onVoid(first, last));
    }
    journal.extent().onHandedBack(last);
  }

  private void handBackOwn(Batch lines) {
    long first = last - lines.lineCount() + 1;
    if (!ownRepeat) {
      journal.tell(kept -> kept.onKept(lines, first));
    } else if (lines.numbering() != null) {
      journal.tell(kept -> kept.onRepeated(lines, first));
    } else {
      journal.tell(kept -> kept.onVoid(first, last));
      journal.tell(kept -> kept.onFailed(lines));
    }
  }

  private void handBack(Batch lines) {
    long first = last - lines.lineCount() + 1;
    journal.tell(kept -> kept.onKept(lines, first));
  }

  /** Tells senders whose lines will not come. */
  void failGivenUp() {
    if (letGoBefore > 0) { // as long as it may be: an acknowledgement can be later than the loss
      outstanding.removeWrittenBefore(journal, letGoBefore).forEach(this::fail);
    }
    outstanding.removeGivenUp(journal).forEach(this::fail);
  }

  private void fail(WaitingBatch batch) {
    failLines(batch, batch.lines() - batch.returned());
  }

  private void failLines(WaitingBatch batch, long count) {
    if (count > 0) {
      Batch failed = batch.next((int) count);
      journal.tell(kept -> kept.onFailed(failed));
      onReturned(batch);
    }
  }

  private void onReturned(WaitingBatch batch) {
    if (batch.isDone() && outstanding.onDone(batch)) {
      onRoom.run();
    }
  }
}
