package io.linecast.core.simulation;

import static io.linecast.core.simulation.SimulationFailure.unless;

import io.linecast.core.Account;
import io.linecast.core.BasicEncoding;
import io.linecast.core.Batch;
import io.linecast.core.CloseReason;
import io.linecast.core.Counter;
import io.linecast.core.Feed;
import io.linecast.core.LineChannel;
import io.linecast.core.LineEncoding;
import io.linecast.core.ObservedMemory;
import io.linecast.core.Pace;
import io.linecast.core.Publisher;
import io.linecast.core.Receipt;
import io.linecast.core.ServingTimes;
import io.linecast.core.SlowPolicy;
import io.linecast.core.StretchedEncoding;
import io.linecast.core.Subscriber;
import io.linecast.core.Sweep;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A channel of the engine, and what is known of it from outside. */
final class SimulatedChannel {

  private static final List<SlowPolicy> POLICIES = List.of(SlowPolicy.values());
  private static final int STRETCHED_IN_CHANNELS = 3;
  private final World world;
  private final String name;
  private final Measures measures;
  private final int segmentBytes;
  private final SlowPolicy policy;

  /** How acknowledged clients hear lines. */
  private final LineEncoding encoding;

  private final ObservedMemory memory = new ObservedMemory();
  private final Transcript transcript;
  private final SimulatedPast past;
  private final LineChannel engine;
  private final Attendance attendance = new Attendance();
  private final List<SimulatedMember> present = attendance.present();
  private SimulatedMember speaker;
  private Account departed = Account.NONE;
  private long lapped;
  private boolean closing;

  SimulatedChannel(World world, String name, List<SimulatedLoop> loops, SimulatedLoop observer) {
    this.world = world;
    this.name = name;
    var random = world.random();
    boolean keeps = random.nextInt(3) == 0;
    this.measures = Measures.random(random, loops.size(), keeps);
    this.policy = POLICIES.get(random.nextInt(POLICIES.size()));
    boolean stretches = random.nextInt(STRETCHED_IN_CHANNELS) == 0;
    this.encoding = stretches ? new StretchedEncoding() : BasicEncoding.NUMBERED;
    SimulatedVoids voids = new SimulatedVoids(random);
    this.transcript = new Transcript(this::onAccepted, voids::next);
    Feed feed = memory.feed(measures.windowBytes(), measures.segmentBytes());
    this.segmentBytes = (int) memory.takenBytes();
    this.past = new SimulatedPast(world, transcript, keeps);
    this.engine =
        new LineChannel(
            name,
            feed,
            transcript,
            new Pace(measures.windowBytes(), policy),
            loops,
            List.of(observer),
            LineChannel.DEFAULT_PUBLISHERS,
            ServingTimes.NONE,
            past.archive());
    world.log("%s: %s, %s, %s, %d, %s", name, policy, encoding, voids, segmentBytes, measures);
  }

  SimulatedPast past() {
    return past;
  }

  LineChannel engine() {
    return engine;
  }

  /** The engine's sweep on a loop; null on the observers'. */
  @Nullable Sweep sweepOf(SimulatedLoop loop) {
    return engine.sweeps().stream().filter(s -> s.loop() == loop).findAny().orElse(null);
  }

  Transcript transcript() {
    return transcript;
  }

  Attendance attendance() {
    return attendance;
  }

  LineEncoding encoding() {
    return encoding;
  }

  /** By what factor the bytes of a numbered line may have grown. */
  int stretch() {
    return encoding instanceof StretchedEncoding ? StretchedEncoding.FACTOR : 1;
  }

  boolean isStalling() {
    return policy == SlowPolicy.STALL;
  }

  SlowPolicy policy() {
    return policy;
  }

  Measures measures() {
    return measures;
  }

  long counter(Counter counter) {
    return engine.counters().get(counter);
  }

  boolean isClosing() {
    return closing;
  }

  void onJoined(SimulatedMember client) {
    present.add(client);
  }

  void onLeft(SimulatedMember client, Account account) {
    departed = client.isObserver() ? departed : plus(departed, account);
    present.remove(client);
  }

  void onLapped() {
    lapped++;
  }

  void publish(SimulatedClient from, Batch batch) {
    speaker = from;
    boolean accepted = engine.publish(batch).isAccepted();
    boolean mayRefuse = closing || (batch.origin() != null && from.expectation().isFinishing());
    unless(accepted || mayRefuse, "%s: accepted a batch: %b", name, accepted);
  }

  Receipt publish(AckClient from, Batch batch, long[] numbers, Publisher publisher) {
    speaker = from;
    return engine.publish(batch, numbers, publisher, from);
  }

  private @Nullable SimulatedMember onAccepted(Batch batch) {
    unless(!closing, "%s: accepted a batch after it was stopped", name);
    return speaker.onAccepted(batch);
  }

  /** History may end early only where keeping it all would take too much of the window. */
  void checkHistory(SimulatedClient client, int asked, int given) {
    int from = Math.max(0, transcript.lines() - asked);
    int all = transcript.linesFrom(from);
    boolean fits = transcript.bytesSince(from) <= measures.linesIn(measures.windowBytes() / 6);
    unless(
        given >= 0 && given <= all && (given == all || !fits),
        "%s: history of %d, asked for %d of %d",
        client,
        given,
        asked,
        transcript.lines());
  }

  /** The journal may come to numbers that no line has. Its thread waits as senders do. */
  void skipNumbers() {
    if (!engine.holdsSenders()) {
      transcript.skipNumbers();
    }
  }

  /** Stops as a server does: no more lines, then everybody finishes on their own loop. */
  void stop() {
    if (!closing) {
      world.log("%s stops", name);
      engine.stopAccepting();
      closing = true;
      for (Sweep sweep : engine.sweeps()) {
        sweep.loop().execute(() -> sweep.forEach(SimulatedChannel::finish));
        sweep.loop().execute(() -> attendance.stop(sweep.loop()));
      }
    }
  }

  private static void finish(Subscriber subscriber) {
    ((SimulatedSocket) subscriber.sink()).client().finish(CloseReason.SHUTTING_DOWN);
  }

  /** What holds whenever no loop is in the middle of something. */
  void check() {
    long feedBytes = engine.feed().keptBytes();
    unless(memory.takenBytes() == feedBytes, "%s: memory outlives the feed", name);
    unless(feedBytes <= measures.windowBytes() + 2L * segmentBytes, "%s: %d kept", name, feedBytes);
    memory.sibling().ifPresent(this::checkNumbered);
    Account sum = departed;
    for (SimulatedMember client : present) {
      client.checkAccount();
      sum = client.isObserver() ? sum : plus(sum, client.subscriber().account());
    }
    checkCounter(Counter.ELIGIBLE, sum.eligible());
    checkCounter(Counter.DELIVERED_TO_DEPARTED, departed.delivered());
    checkCounter(Counter.SKIPPED_BY_DEPARTED, departed.skipped());
    checkCounter(Counter.LOST_WITH_DEPARTED, departed.pending());
    checkCounter(Counter.ACCEPTED_LINES, transcript.linesFrom(0));
    checkCounter(Counter.ACCEPTED_BYTES, transcript.bytesSince(0));
    checkCounter(Counter.LAPPED, lapped);
  }

  private void checkNumbered(ObservedMemory numbered) {
    long most = measures.keptMost(encoding, engine.sweeps().size());
    unless(numbered.takenBytes() <= most, "%s: %d kept", name, numbered.takenBytes());
  }

  /** What holds on a loop that has nothing to do: nobody who would take more is forgotten. */
  void checkServed(SimulatedLoop loop) {
    for (SimulatedMember client : present) {
      unless(
          client.loop() != loop
              || (past.keepsLines() && !world.isIdle()) // another loop's client may have the room
              || client.socket().isOwing()
              || client.isOver()
              || client.expectation().isComplete(),
          "%s: forgotten %d bytes behind the head",
          client,
          client.expectation().lagBytes());
    }
  }

  /** What holds when no loop has anything to do, whatever the peers are up to. */
  void checkAtRest() {
    boolean somebodyIsSlow = false;
    world.loops().forEach(this::checkServed);
    for (SimulatedMember client : present) {
      somebodyIsSlow |= client.socket().isOwing();
    }
    boolean mayHold = policy == SlowPolicy.STALL && somebodyIsSlow;
    unless(!engine.holdsSenders() || mayHold, "%s: holds senders for nobody", name);
    unless(
        engine.holdsSenders() || attendance.all().noneMatch(SimulatedMember::isWaitingOrReading),
        "%s: somebody waits for nothing",
        name);
    attendance.checkNobodyWaitsInVain();
  }

  /** What holds once every peer has read all it was sent and said all it had to say. */
  void checkSettled() {
    checkAtRest();
    for (SimulatedMember client : present) {
      if (!client.isOver()) {
        unless(!client.socket().isOwing(), "%s: still owing", client);
        unless(closing || client.subscriber().lagBytes() == 0, "%s: still behind", client);
        client.checkHeard(closing);
      }
    }
  }

  /** What holds once everybody has gone. */
  void checkDeserted() {
    check();
    unless(
        present.stream().allMatch(SimulatedMember::isObserver),
        "%s: never finished: %s",
        name,
        present);
    engine.close();
    unless(attendance.acknowledged().isEmpty(), "%s: never left", attendance.acknowledged());
    long held = memory.takenBytes() + memory.sibling().map(ObservedMemory::takenBytes).orElse(0L);
    unless(held == 0, "%s: %d bytes held for ever", name, held);
  }

  private static Account plus(Account a, Account b) {
    return new Account(
        a.eligible() + b.eligible(),
        a.delivered() + b.delivered(),
        a.skipped() + b.skipped(),
        a.pending() + b.pending());
  }

  private void checkCounter(Counter counter, long expected) {
    unless(
        counter(counter) == expected,
        "%s: %s is %d, must be %d",
        name,
        counter,
        counter(counter),
        expected);
  }

  @Override
  public String toString() {
    return name;
  }
}
