package io.linecast.core.simulation;

import static io.linecast.core.simulation.SimulationFailure.unless;

import io.linecast.core.Account;
import io.linecast.core.Batch;
import io.linecast.core.CloseReason;
import io.linecast.core.SlowPolicy;
import io.linecast.core.Subscriber;
import org.jspecify.annotations.Nullable;

/** A connection of any kind, as a server would have it: its part in a channel, until it leaves. */
abstract class SimulatedMember {

  private final World world;
  private final SimulatedChannel channel;
  private final SimulatedLoop loop;
  private final String name;
  private final SimulatedSocket socket;
  private @Nullable Subscriber subscriber;
  private CloseReason finishReason = CloseReason.GONE;
  private boolean left;

  SimulatedMember(
      World world, SimulatedChannel channel, SimulatedLoop loop, String kind, int capacity) {
    this.world = world;
    this.channel = channel;
    this.loop = loop;
    this.name = channel + "/" + kind + world.nextId();
    this.socket = new SimulatedSocket(world, this, capacity);
  }

  /** What it must receive. */
  abstract @Nullable Expectation expectation();

  /** Whether a line that somebody sent is not for it, because it has sent it itself. */
  abstract boolean isOwn(int line, SimulatedMember sender);

  /** Whether it has dealt with a line that it has heard; a client that does not say always has. */
  abstract boolean isDoneWith(int line);

  /** How many lines had been accepted when it came. */
  abstract int linesBefore();

  /** Its lines are being accepted; returns who must not hear them. */
  abstract @Nullable SimulatedMember onAccepted(Batch batch);

  /** Whether something that it has sent has not been looked at. */
  abstract boolean isWaitingOrReading();

  /** What must hold once everybody has said what he had to say. */
  abstract void checkHeard(boolean closing);

  boolean isFinishing() {
    return expectation() != null && expectation().isFinishing();
  }

  World world() {
    return world;
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

  @Nullable Subscriber subscriber() {
    return subscriber;
  }

  boolean isObserver() {
    return false;
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

  /** It has been let in. */
  void onLetIn(Subscriber itsPart) {
    subscriber = itsPart;
    channel.onJoined(this);
  }

  /** Was let in when everybody's part was ending already. */
  void finishesFor(CloseReason reason) {
    finishReason = reason;
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

  /** The engine has given it all that there was for it. */
  void onFinished() {
    onClosed();
  }

  /** It is closed: leaves within the call, or a little later. */
  void onClosed() {
    if (subscriber != null && world.random().nextBoolean()) {
      leave();
    } else {
      loop.onSocket(this::leave);
    }
  }

  /** Ends its part: it is sent all that was accepted up to now. */
  void finish(CloseReason reason) {
    if (!isPresent()) {
      return;
    }
    world.log("%s is to finish: %s", this, reason);
    expectFinish(channel.transcript().lines(), reason);
    channel.engine().finish(subscriber, reason);
  }

  /** Nothing behind so many lines is for it, unless its part has ended already. */
  final void expectFinish(int lines, CloseReason reason) {
    if (!expectation().isFinishing()) {
      finishReason = reason;
      expectation().finishAt(lines);
    }
  }

  /** Its account at this moment is what it must be. */
  void checkAccount() {
    if (isPresent()) {
      check(subscriber.account());
    }
  }

  /** Up to which line its client says that it is done. */
  long doneLine() {
    return Long.MAX_VALUE;
  }

  /** It is told that lines up to one will never come: this must have been deserved. */
  void checkMayMiss(long last) {
    SlowPolicy policy = channel.policy();
    unless(policy == SlowPolicy.SKIP || isObserver(), "%s: a gap under %s", this, policy);
    checkLapped();
  }

  /** Only who really is behind may be treated so; segment ends count a little, hence a quarter. */
  void checkLapped() {
    channel.onLapped();
    boolean deserved = !isHealthy() || socket.isGone() || isObserver();
    unless(deserved, "%s: lapped, though it takes everything at once", this);
    checkLag(expectation().lagBytes());
  }

  void checkLag(int lagBytes) {
    unless(
        lagBytes > channel.measures().linesIn(channel.measures().windowBytes() / 4 * 3),
        "%s: called late only %d bytes behind",
        this,
        lagBytes);
  }

  void leave() {
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
    Account expected = expectation().account(socket.owedLines());
    unless(account.balances(), "%s: %s", this, account);
    long voids = account.eligible() - expected.eligible();
    long voidsSkipped = account.skipped() - expected.skipped();
    unless(
        account.delivered() == expected.delivered()
            && voidsSkipped >= 0
            && voidsSkipped <= expectation().voidsSkipped()
            && voids >= voidsSkipped
            && voids <= voidsSkipped + expectation().voidsAhead(),
        "%s: %s, but really %s",
        this,
        account,
        expected);
  }

  @Override
  public String toString() {
    return name;
  }
}
