package io.linecast.core;

import io.linecast.protocol.LineFeeds;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A channel's lines on their way in: to the journal, which gives them their numbers and keeps them,
 * and from it into the feeds.
 *
 * <p>Published on the origin's loop. Entered within that, or, where the journal hands lines back
 * later, on its thread; that waits while the server is behind, as every sender does.
 */
final class Acceptance implements Journal.Kept {

  private static final System.Logger LOG = System.getLogger(Acceptance.class.getName());

  /** How long a journal's thread waits until it looks anew whether it may go on. */
  private static final long LOOK_AGAIN_NANOS = 500_000;

  private final LineChannel channel;
  private final Journal journal;
  private final Editions editions;
  private final Membership members;
  private final Publishers publishers;
  private final ReentrantLock appendSection;

  /** What became of the batch at hand. Under the append section. */
  private Receipt receipt = Receipt.REFUSED;

  /** Batches, or parts of some, that the journal has and has not handed back. */
  private long outstandingLines;

  /** Lines that are kept wait for memory, which has been said. Under the append section. */
  private boolean lacksMemory;

  private volatile boolean abandoned;

  /** Told that the journal is another than before. Volatile: set once it is open. */
  private volatile Runnable journalWatch = () -> {};

  Acceptance(
      LineChannel channel,
      Journal journal,
      Editions editions,
      Membership members,
      Publishers publishers,
      ReentrantLock appendSection) {
    this.channel = channel;
    this.journal = journal;
    this.editions = editions;
    this.members = members;
    this.publishers = publishers;
    this.appendSection = appendSection;
  }

  /**
   * See {@link LineChannel#publish}.
   *
   * @param holder who publishes under the numbering's name; null if the lines have no numbers
   */
  Receipt publish(Batch batch, Publisher.@Nullable Holder holder) {
    Receipt ofBatch;
    appendSection.lock();
    try {
      if (members.isFinishing(batch.origin()) || !batch.mayBePublishedBy(holder)) {
        return Receipt.REFUSED;
      }
      ofBatch = journal.isDeferred() ? defer(batch) : acceptNow(batch);
    } finally {
      appendSection.unlock();
    }
    if (ofBatch.isAccepted()) {
      editions.onHeadMoved();
    }
    channel.gate().holdIfNeeded();
    return ofBatch;
  }

  private Receipt acceptNow(Batch batch) {
    editions.reserve(batch);
    journal.keep(batch);
    return receipt;
  }

  private Receipt defer(Batch batch) {
    if (batch.isAnswered() && !journal.isWorking()) {
      return Receipt.FAILED;
    }
    journal.keep(batch); // first: if it throws, nothing is awaited
    if (batch.numbering() != null && batch.numbering().publisher() != null) {
      int last = batch.lineCount() - 1;
      batch.numbering().publisher().await(batch.numbering().number(last), batch.lineCount());
    }
    outstandingLines += batch.lineCount();
    return Receipt.PENDING;
  }

  /** Whether the journal has handed everything back. From any thread. */
  boolean isSettled() {
    appendSection.lock();
    try {
      return outstandingLines == 0;
    } finally {
      appendSection.unlock();
    }
  }

  /** The journal's thread waits for nobody any more: what it hands back is kept and not heard. */
  void abandon() {
    abandoned = true;
  }

  @Override
  public void onKept(Batch lines, long firstLine) {
    if (!journal.isDeferred()) {
      enter(lines, firstLine); // within publish
      return;
    }
    int at = 0;
    while (at < lines.lineCount() && awaitTurn()) {
      int entered = enterPortion(lines, at, firstLine + at);
      if (entered == 0) {
        LockSupport.parkNanos(100 * LOOK_AGAIN_NANOS); // for memory, in nobody's way
      }
      at += entered;
    }
  }

  /** Returns whether lines may enter; false if it is all over. */
  private boolean awaitTurn() {
    while (channel.gate().isBehind() && !abandoned) {
      LockSupport.parkNanos(LOOK_AGAIN_NANOS);
    }
    return !abandoned;
  }

  /**
   * Has as many lines enter as may at once, on the journal's thread.
   *
   * @return how many; 0 if there is no memory for them now
   */
  private int enterPortion(Batch lines, int from, long firstLine) {
    Batch portion;
    Receipt ofPortion;
    appendSection.lock();
    try {
      ByteBuffer rest = lines.run();
      int length = editions.portionOf(rest, false);
      ByteBuffer run = rest.slice(rest.position(), length).order(rest.order());
      int count =
          length == rest.remaining() ? lines.lineCount() - from : LineFeeds.count(run, 0, length);
      portion = lines.part(from, count, run);
      if (!hasRoom(() -> editions.reserve(portion))) {
        return 0;
      }
      enter(portion, firstLine);
      ofPortion = receipt;
      rest.position(rest.position() + length);
    } finally {
      appendSection.unlock();
    }
    editions.onHeadMoved();
    channel.gate().holdIfNeeded();
    portion.settle(ofPortion);
    return portion.lineCount();
  }

  /** Makes room if there is memory. What is kept must enter, so else it waits. */
  private boolean hasRoom(Runnable reserve) {
    try {
      reserve.run();
      lacksMemory = false;
      return true;
    } catch (UncheckedIOException | OutOfMemoryError e) {
      if (!lacksMemory) {
        LOG.log(Level.ERROR, channel.name() + ": no memory for lines that are kept; they wait", e);
      }
      lacksMemory = true;
      return false;
    }
  }

  @Override
  public void onVoid(long firstLine, long lastLine) {
    boolean waits = journal.isDeferred(); // else it may be within publish
    while ((!waits || awaitTurn()) && !hasEnteredVoid(firstLine, lastLine) && waits) {
      LockSupport.parkNanos(100 * LOOK_AGAIN_NANOS); // for memory, as above
    }
  }

  private boolean hasEnteredVoid(long firstLine, long lastLine) {
    appendSection.lock();
    try {
      if (!hasRoom(() -> editions.reserveVoid(firstLine, lastLine))) {
        return false;
      }
      editions.appendVoid(firstLine, lastLine);
    } finally {
      appendSection.unlock();
    }
    if (!appendSection.isHeldByCurrentThread()) { // else publish sees to it
      editions.onHeadMoved();
      channel.gate().holdIfNeeded();
    }
    return true;
  }

  @Override
  public void onRepeated(Batch lines, long firstLine) {
    onVoid(firstLine, firstLine + lines.lineCount() - 1);
    if (!isOurs(lines) || abandoned) {
      return;
    }
    List<Receipt> ofFirst;
    appendSection.lock();
    try {
      Publisher publisher = Objects.requireNonNull(publisherOf(lines));
      ofFirst = publisher.receiptsOf(Objects.requireNonNull(lines.numbering()), lines.lineCount());
      onHandedBack(lines, publisher);
    } finally {
      appendSection.unlock();
    }
    ofFirst.forEach(lines.part(0, 1, lines.run())::settle);
  }

  /** The lines are kept: gives them their place. Own ranges first, then the heads over them. */
  private void enter(Batch lines, long firstLine) {
    Publisher publisher = publisherOf(lines);
    Batch batch = journal.isDeferred() ? withOrigin(lines, publisher) : lines;
    editions.append(batch, firstLine);
    int others = members.hearersBeside(batch.origin());
    int count = batch.lineCount();
    receipt = new Receipt(firstLine, others);
    if (publisher != null && batch.numbering() != null) {
      publisher.record(batch.numbering(), count, firstLine, others);
    }
    if (isOurs(lines)) {
      onHandedBack(lines, publisher);
    }
    channel.counters().add(Counter.ACCEPTED_LINES, count);
    channel.counters().add(Counter.ACCEPTED_BYTES, batch.run().remaining());
    channel.counters().add(Counter.ELIGIBLE, (long) count * others);
  }

  /** Whether it waits for the lines: they were published here, to be handed back later. */
  private boolean isOurs(Batch lines) {
    return journal.isDeferred() && lines.isOurs();
  }

  private void onHandedBack(Batch lines, @Nullable Publisher publisher) {
    outstandingLines -= lines.lineCount();
    if (publisher != null) {
      publisher.onSettled(lines.lineCount());
    }
  }

  private @Nullable Publisher publisherOf(Batch lines) {
    Numbering numbering = lines.numbering();
    if (numbering == null) {
      return null;
    }
    return numbering.publisher() != null
        ? numbering.publisher()
        : publishers.publishedElsewhere(numbering.name());
  }

  /** Who must not hear the lines may have changed since they were published. */
  private Batch withOrigin(Batch lines, @Nullable Publisher publisher) {
    Subscriber origin = publisher == null ? lines.origin() : publisher.hearer();
    return lines.from(origin == null || origin.isFinishing() ? null : origin);
  }

  @Override
  public void onFailed(Batch lines) {
    appendSection.lock();
    try {
      onHandedBack(lines, publisherOf(lines));
    } finally {
      appendSection.unlock();
    }
    lines.settle(Receipt.FAILED);
  }

  void watchJournal(Runnable onChanged) {
    journalWatch = onChanged;
  }

  @Override
  public void onStateChanged() {
    channel.gate().onJournalChanged();
    journalWatch.run();
  }
}
