package io.linecast.core.simulation;

import static io.linecast.core.simulation.SimulationFailure.unless;

import io.linecast.core.Batch;
import io.linecast.core.CloseReason;
import io.linecast.core.Counter;
import io.linecast.core.Subscriber;
import io.linecast.core.Sweep;
import io.linecast.protocol.LineScanner;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A plain connection as a server would have it: joins, reads, publishes, waits when told to. */
final class SimulatedClient extends SimulatedMember implements LineScanner.Receiver {

  private static final int INPUT_CHUNKS = 4;

  private final World world;
  private final SimulatedChannel channel;
  private final @Nullable Sweep sweep;
  private final boolean observer;
  private final int history;

  /** Hears its own lines, like a publisher that is no listener. */
  private final boolean anonymous;

  private final boolean tooLongCloses;
  private final SimulatedPeer peer;
  private final LineScanner scanner;
  private final ArrayDeque<ByteBuffer> input = new ArrayDeque<>();
  private @Nullable Expectation expectation;
  private long eligibleBeforeJoin;
  private int linesBefore;
  private boolean endOfInput;
  private boolean ended;
  private boolean readQueued;
  private boolean waiting;

  SimulatedClient(World world, SimulatedChannel channel, SimulatedLoop loop, Role role) {
    super(
        world, channel, loop, role.name().toLowerCase(Locale.ROOT), capacity(world, channel, role));
    this.world = world;
    this.channel = channel;
    this.sweep = channel.sweepOf(loop);
    this.observer = role == Role.OBSERVER;
    var random = world.random();
    this.history = role == Role.CLIENT ? random.nextInt(3) * random.nextInt(3_000) : 0;
    this.anonymous = random.nextInt(8) == 0;
    this.tooLongCloses = random.nextInt(8) == 0;
    this.peer = new SimulatedPeer(world, this, role == Role.CLIENT && random.nextInt(4) > 0);
    this.scanner = new LineScanner(channel.measures().maxLineBytes());
  }

  private static int capacity(World world, SimulatedChannel channel, Role role) {
    return role == Role.CROWD ? Integer.MAX_VALUE : Capacity.random(world, channel);
  }

  /** What part a client plays. */
  enum Role {
    CLIENT,
    CROWD,
    OBSERVER
  }

  SimulatedPeer peer() {
    return peer;
  }

  @Override
  boolean isObserver() {
    return observer;
  }

  @Override
  boolean isOwn(int line, SimulatedMember sender) {
    return sender == this;
  }

  @Override
  boolean isDoneWith(int line) {
    return true;
  }

  /** Connects, on its loop. */
  void join() {
    world.log("%s joins, history %d", this, history);
    linesBefore = channel.transcript().lines();
    eligibleBeforeJoin = channel.counter(Counter.ELIGIBLE);
    world.setInterruptible(false);
    Subscriber joined =
        observer
            ? channel.engine().observe(0, socket())
            : channel.engine().join(sweep, socket(), history);
    expectation();
    onLetIn(joined);
    world.setInterruptible(true);
    world.maybePreempt();
  }

  /**
   * What it must receive. How far back history goes the engine says by what it counts as eligible,
   * and the channel judges it: nothing else may count until this was called.
   */
  @Override
  Expectation expectation() {
    if (expectation == null) {
      int lines = observer ? 0 : (int) (channel.counter(Counter.ELIGIBLE) - eligibleBeforeJoin);
      channel.checkHistory(this, history, lines);
      int start = channel.transcript().linesBeforeLast(lines);
      expectation = new Expectation(channel.transcript(), this, start, false);
      if (channel.isClosing() && !observer) {
        expectation.finishHere();
        finishesFor(CloseReason.SHUTTING_DOWN);
      }
    }
    return expectation;
  }

  boolean takesInput() {
    return input.size() < INPUT_CHUNKS;
  }

  @Override
  int linesBefore() {
    return linesBefore;
  }

  @Override
  void checkHeard(boolean closing) {
    unless(closing || peer.speech().wasHeard(), "%s: not heard to the end", this);
  }

  @Override
  boolean isWaitingOrReading() {
    return !isOver() && (waiting || !input.isEmpty());
  }

  void onInput(byte[] chunk) {
    input.add(ByteBuffer.wrap(chunk));
    queueRead();
  }

  void onEndOfInput() {
    endOfInput = true;
    queueRead();
  }

  @Override
  public void onLines(ByteBuffer run, int lineCount) {
    if (!isPresent() || socket().isClosed()) {
      return;
    }
    world.log("%s publishes %d lines, %d bytes", this, lineCount, run.remaining());
    Subscriber origin = anonymous ? null : subscriber();
    channel.publish(this, new Batch(origin, run, lineCount));
  }

  @Override
  public void onTooLong(ByteBuffer beginning) {
    peer.speech().onTooLong();
    if (tooLongCloses) {
      finish(CloseReason.TOO_LONG);
    }
  }

  /** Its lines are being accepted; returns who must not hear them. */
  @Override
  @Nullable SimulatedMember onAccepted(Batch batch) {
    peer.speech().onAccepted(batch.run());
    if (batch.origin() == null) {
      return null;
    }
    if (!expectation().isFinishing()) {
      expectation().onOwn(batch.lineCount());
    }
    return this;
  }

  private void queueRead() {
    if (!readQueued) {
      readQueued = true;
      loop().onSocket(this::read);
    }
  }

  private void read() {
    readQueued = false;
    if (isOver() || waiting) {
      return;
    }
    if (sweep != null && channel.engine().holdsSenders()) {
      world.log("%s waits", this);
      waiting = true;
      world.likelyPreempt();
      channel.engine().awaitRelease(sweep, this::resume);
    } else if (!input.isEmpty()) {
      world.maybePreempt();
      scanPortion(input.element());
      if (!input.isEmpty() || endOfInput) {
        queueRead();
      }
    } else if (endOfInput && !ended) {
      ended = true;
      scanner.end(this);
      finish(CloseReason.FINISHED);
    }
  }

  /** As much as may be let in before the next look at whether to wait. */
  private void scanPortion(ByteBuffer chunk) {
    int length = channel.engine().portionOf(chunk, scanner.heldBytes() > 0);
    ByteBuffer portion = chunk.slice(chunk.position(), length);
    chunk.position(chunk.position() + length);
    if (!chunk.hasRemaining()) {
      input.remove();
    }
    scanner.scan(portion, this);
  }

  private void resume() {
    unless(world.current() == loop(), "%s: resumed on %s", this, world.current());
    waiting = false;
    read();
  }
}
