package io.linecast.core.simulation;

import static io.linecast.core.simulation.SimulationFailure.unless;

import io.linecast.core.Account;
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

/** A connection as a server would have it: joins, reads, publishes, waits when told to, leaves. */
final class SimulatedClient implements LineScanner.Receiver {

  private static final int INPUT_CHUNKS = 4;

  private final World world;
  private final SimulatedChannel channel;
  private final @Nullable Sweep sweep;
  private final SimulatedLoop loop;
  private final boolean observer;
  private final String name;
  private final int history;

  /** Hears its own lines, like a publisher that is no listener. */
  private final boolean anonymous;

  private final boolean tooLongCloses;
  private final SimulatedSocket socket;
  private final SimulatedPeer peer;
  private final LineScanner scanner;
  private final ArrayDeque<byte[]> input = new ArrayDeque<>();
  private @Nullable Subscriber subscriber;
  private @Nullable Expectation expectation;
  private long eligibleBeforeJoin;
  private CloseReason finishReason = CloseReason.GONE;
  private boolean endOfInput;
  private boolean ended;
  private boolean readQueued;
  private boolean waiting;
  private boolean left;

  SimulatedClient(World world, SimulatedChannel channel, SimulatedLoop loop, Role role) {
    this.world = world;
    this.channel = channel;
    this.loop = loop;
    this.sweep = channel.sweepOf(loop);
    this.observer = role == Role.OBSERVER;
    this.name = channel + "/" + role.name().toLowerCase(Locale.ROOT) + world.nextId();
    var random = world.random();
    int healthyOfThree = world.settings().kind() == Settings.Kind.STORM ? 2 : 1;
    boolean healthy = role == Role.CROWD || random.nextInt(3) < healthyOfThree;
    int capacity = channel.scale() * (1 + random.nextInt(random.nextBoolean() ? 200 : 8_000));
    this.socket = new SimulatedSocket(world, this, healthy ? Integer.MAX_VALUE : capacity);
    this.history = role == Role.CLIENT ? random.nextInt(3) * random.nextInt(3_000) : 0;
    this.anonymous = random.nextInt(8) == 0;
    this.tooLongCloses = random.nextInt(8) == 0;
    this.peer = new SimulatedPeer(world, this, role == Role.CLIENT && random.nextInt(4) > 0);
    this.scanner = new LineScanner(channel.maxLineBytes());
  }

  /** What part a client plays. */
  enum Role {
    CLIENT,
    CROWD,
    OBSERVER
  }

  SimulatedChannel channel() {
    return channel;
  }

  SimulatedLoop loop() {
    return loop;
  }

  SimulatedSocket socket() {
    return socket;
  }

  SimulatedPeer peer() {
    return peer;
  }

  @Nullable Subscriber subscriber() {
    return subscriber;
  }

  boolean isObserver() {
    return observer;
  }

  boolean isHealthy() {
    return socket.isHealthy();
  }

  boolean isPresent() {
    return subscriber != null && !left;
  }

  /** Whether it has left, or is about to. */
  boolean isOver() {
    return subscriber == null || left || socket.isClosed() || socket.isGone();
  }

  CloseReason finishReason() {
    return finishReason;
  }

  /** Connects, on its loop. */
  void join() {
    world.log("%s joins, history %d", this, history);
    eligibleBeforeJoin = channel.counter(Counter.ELIGIBLE);
    world.setInterruptible(false);
    Subscriber joined =
        observer
            ? channel.engine().observe(0, socket)
            : channel.engine().join(sweep, socket, history);
    expectation();
    subscriber = joined;
    channel.onJoined(this);
    world.setInterruptible(true);
    world.maybePreempt();
  }

  /**
   * What it must receive. How far back history goes the engine says by what it counts as eligible,
   * and the channel judges it: nothing else may count until this was called.
   */
  Expectation expectation() {
    if (expectation == null) {
      int lines = observer ? 0 : (int) (channel.counter(Counter.ELIGIBLE) - eligibleBeforeJoin);
      channel.checkHistory(this, history, lines);
      int start = channel.transcript().lines() - lines;
      expectation = new Expectation(channel.transcript(), this, start);
      if (channel.isClosing() && !observer) {
        expectation.finishHere();
        finishReason = CloseReason.SHUTTING_DOWN;
      }
    }
    return expectation;
  }

  boolean takesInput() {
    return input.size() < INPUT_CHUNKS;
  }

  boolean isWaitingOrReading() {
    return waiting || !input.isEmpty();
  }

  void onInput(byte[] chunk) {
    input.add(chunk);
    queueRead();
  }

  void onEndOfInput() {
    endOfInput = true;
    queueRead();
  }

  void onReset() {
    socket.reset();
    loop.onSocket(this::leave);
  }

  /** The sink was told that the connection is no more. */
  void onGone() {
    if (world.random().nextBoolean()) {
      leave();
    }
  }

  /** The engine closed it: leaves within the call, or a little later. */
  void onClosed() {
    if (subscriber != null && world.random().nextBoolean()) {
      leave();
    } else {
      loop.onSocket(this::leave);
    }
  }

  @Override
  public void onLines(ByteBuffer run, int lineCount) {
    if (left || socket.isClosed() || subscriber == null) {
      return;
    }
    world.log("%s publishes %d lines, %d bytes", this, lineCount, run.remaining());
    Subscriber origin = anonymous ? null : subscriber;
    channel.publish(this, new Batch(origin, run, lineCount));
  }

  @Override
  public void onTooLong(ByteBuffer beginning) {
    peer.speech().onTooLong();
    if (tooLongCloses) {
      finish(CloseReason.TOO_LONG);
    }
  }

  /** Its lines are being accepted. */
  void onAccepted(Batch batch) {
    peer.speech().onAccepted(batch.run());
    if (batch.origin() != null && !expectation().isFinishing()) {
      expectation().onOwn(batch.lineCount());
    }
  }

  /** Ends its part: it is sent all that was accepted up to now. */
  void finish(CloseReason reason) {
    if (!isPresent()) {
      return;
    }
    world.log("%s is to finish: %s", this, reason);
    if (!expectation().isFinishing()) {
      finishReason = reason;
      expectation().finishHere();
    }
    channel.engine().finish(subscriber, reason);
  }

  /** Its account at this moment is what it must be. */
  void checkAccount() {
    if (isPresent()) {
      check(subscriber.account());
    }
  }

  private void queueRead() {
    if (!readQueued) {
      readQueued = true;
      loop.onSocket(this::read);
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
      scanner.scan(ByteBuffer.wrap(input.remove()), this);
      if (!input.isEmpty() || endOfInput) {
        queueRead();
      }
    } else if (endOfInput && !ended) {
      ended = true;
      scanner.end(this);
      finish(CloseReason.FINISHED);
    }
  }

  private void resume() {
    unless(world.current() == loop, "%s: resumed on %s", this, world.current());
    waiting = false;
    read();
  }

  private void leave() {
    if (isPresent()) {
      world.log("%s leaves", this);
      expectation().finishHere();
      left = true;
      Account account = channel.engine().leave(subscriber);
      check(account);
      channel.onLeft(this, account);
    }
  }

  private void check(Account account) {
    Account expected = expectation().account(socket.isOwing());
    unless(account.balances(), "%s: %s", this, account);
    unless(account.equals(expected), "%s: %s, but really %s", this, account, expected);
  }

  @Override
  public String toString() {
    return name;
  }
}
