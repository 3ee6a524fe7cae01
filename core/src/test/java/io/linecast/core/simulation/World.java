package io.linecast.core.simulation;

import static io.linecast.core.simulation.SimulationFailure.unless;

import io.linecast.core.simulation.SimulatedClient.Role;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Everything there is in one simulated run: loops, channels, clients, a clock that counts steps,
 * and the scheduler, which draws who does something next.
 *
 * <p>One thread plays all loops. Where a loop's task meets another thread's work (a sink's call, a
 * task handed to a loop) the scheduler may let other loops run right there, as real threads would.
 */
final class World {

  private static final int LOGGED_EVENTS = Integer.getInteger("linecast.events", 60);
  private static final int STEPS_BETWEEN_CHECKS = 64;
  private static final int STEPS_BETWEEN_LULLS = 300;
  private static final int SHORT_PREEMPTION = 10;
  private static final int LIKELY_PREEMPTION = 300;
  private static final int STEPS_TO_SETTLE = 100_000_000;

  private final SplittableRandom random;
  private final Settings settings;
  private final @Nullable ArrayDeque<String> log;
  private final List<SimulatedLoop> loops = new ArrayList<>();
  private final List<SimulatedChannel> channels = new ArrayList<>();
  private final List<SimulatedClient> clients = new ArrayList<>();
  private final List<SimulatedClient> crowd = new ArrayList<>();
  private final List<AckPerson> people = new ArrayList<>();
  private final List<SimulatedClient> toJoin = new ArrayList<>();
  private @Nullable SimulatedLoop current;
  private long now;
  private int ids;
  private boolean settling;
  private boolean interruptible = true;

  /**
   * @param logging whether the last events are kept, for the report of a failure
   */
  World(long seed, boolean logging) {
    this.random = new SplittableRandom(seed);
    this.settings = Settings.random(random);
    this.log = logging ? new ArrayDeque<>() : null;
    log("%s", settings);
    for (int i = 0; i < settings.loops(); i++) {
      loops.add(new SimulatedLoop(this, "loop" + i));
    }
    SimulatedLoop observerLoop = new SimulatedLoop(this, "observers");
    for (int i = 0; i < settings.channels(); i++) {
      channels.add(new SimulatedChannel(this, "c" + i, List.copyOf(loops), observerLoop));
    }
    loops.add(observerLoop);
    populate(observerLoop);
  }

  private void populate(SimulatedLoop observerLoop) {
    for (int i = 0; i < settings.clients(); i++) {
      SimulatedChannel channel = channels.get(random.nextInt(channels.size()));
      SimulatedLoop loop = loops.get(random.nextInt(settings.loops()));
      clients.add(new SimulatedClient(this, channel, loop, Role.CLIENT));
    }
    if (random.nextInt(4) == 0) {
      clients.add(new SimulatedClient(this, channels.get(0), observerLoop, Role.OBSERVER));
    }
    for (int i = 0; i < settings.people(); i++) {
      people.add(new AckPerson(this, channels.get(random.nextInt(channels.size()))));
    }
    for (int i = 0; i < settings.crowd(); i++) {
      crowd.add(new SimulatedClient(this, channels.get(0), loops.get(0), Role.CROWD));
    }
    for (SimulatedClient client : clients) {
      if (random.nextInt(3) == 0) {
        toJoin.add(client);
      } else {
        connect(client);
      }
    }
    toJoin.addAll(crowd.subList(0, crowd.size() / 4));
    crowd.subList(crowd.size() / 4, crowd.size()).forEach(World::connect);
  }

  SplittableRandom random() {
    return random;
  }

  /** The clock. */
  long now() {
    return now;
  }

  /** Whether the busy time is over and everybody does what brings the world to rest. */
  boolean isSettling() {
    return settling;
  }

  Settings settings() {
    return settings;
  }

  List<SimulatedLoop> loops() {
    return loops;
  }

  /** Any of the loops that serve connections. */
  SimulatedLoop someLoop() {
    return loops.get(random.nextInt(settings.loops()));
  }

  int nextId() {
    return ids++;
  }

  /** The loop whose task is being run. */
  @Nullable SimulatedLoop current() {
    return current;
  }

  /** A loop starts a task, or goes on with one; returns the one that was running. */
  @Nullable SimulatedLoop enter(@Nullable SimulatedLoop loop) {
    SimulatedLoop before = current;
    current = loop;
    return before;
  }

  /** Notes an event, if anybody wants to know. */
  @SuppressWarnings("AnnotateFormatMethod")
  void log(String event, Object... arguments) {
    if (log != null) {
      log.add("%6d %-9s %s".formatted(now, current, event.formatted(arguments)));
      if (log.size() > LOGGED_EVENTS) {
        log.remove();
      }
    }
  }

  /** The last events before a failure. */
  String lastEvents() {
    return log == null ? "" : String.join("\n", log);
  }

  /** Runs the whole life of this world; throws when a promise is broken. */
  void run() {
    int stopAt = settings.stopping() ? random.nextInt(settings.steps()) : Integer.MAX_VALUE;
    while (now < settings.steps()) {
      step();
      if (random.nextInt(STEPS_BETWEEN_CHECKS) == 0) {
        channels.forEach(SimulatedChannel::check);
      }
      if (random.nextInt(STEPS_BETWEEN_LULLS) == 0) {
        lull();
        channels.forEach(SimulatedChannel::checkAtRest);
      }
      if (now >= stopAt) {
        stopAt = Integer.MAX_VALUE;
        loops.get(0).execute(channels.get(random.nextInt(channels.size()))::stop);
      }
    }
    log("settling");
    settling = true;
    settle();
    channels.forEach(SimulatedChannel::check);
    channels.forEach(SimulatedChannel::checkSettled);
    people.forEach(AckPerson::checkSettled);
    channels.forEach(SimulatedChannel::stop);
    settle();
    channels.forEach(SimulatedChannel::checkDeserted);
  }

  /** Adds what this world has seen happen. */
  void tally(Tally sums) {
    channels.forEach(sums::add);
  }

  /** Whether other threads may run in the middle of a task. */
  void setInterruptible(boolean may) {
    interruptible = may;
  }

  /** Other threads may get some time here, in the middle of a loop's task. */
  void maybePreempt() {
    if (interruptible && random.nextInt(1_000) < settings.preemption()) {
      preempt(longestPreemption());
    }
  }

  /** As {@link #maybePreempt}, but likely and for long, where a race has to be met. */
  void likelyPreempt() {
    if (settings.preemption() > 0 && random.nextInt(2) == 0) {
      preempt(LIKELY_PREEMPTION);
    }
  }

  /** A sluggish loop is held up for long, the others are not: else nothing would get done. */
  private int longestPreemption() {
    boolean held = settings.sluggishLoop() < 0 || current == loops.get(settings.sluggishLoop());
    return held ? settings.longPreemption() : SHORT_PREEMPTION;
  }

  private void preempt(int longest) {
    long until = settling ? now + 2 : settings.steps();
    log("interrupted");
    for (int i = random.nextInt(longest); i >= 0 && now < until; i--) {
      step();
    }
    log("goes on");
  }

  /** Somebody does something. */
  private void step() {
    now++;
    int choice = random.nextInt(100);
    if (choice < 2 && !settling) {
      skipNumbers(channels.get(random.nextInt(channels.size())));
    } else if (choice < 60) {
      runSomeLoop();
    } else if (choice < 64 && !crowd.isEmpty()) {
      SimulatedClient listener = crowd.get(random.nextInt(crowd.size()));
      if (!listener.isOver()) {
        listener.peer().reset();
      }
    } else if (!toJoin.isEmpty() && random.nextInt(stepsBetweenJoins()) == 0) {
      connect(toJoin.remove(random.nextInt(toJoin.size())));
    } else {
      int who = random.nextInt(clients.size() + people.size());
      if (who < clients.size()) {
        clients.get(who).peer().act();
      } else {
        people.get(who - clients.size()).act();
      }
    }
  }

  private void skipNumbers(SimulatedChannel channel) {
    interruptible = false; // no loop waits for a journal's thread
    channel.skipNumbers();
    interruptible = true;
  }

  /** Who is not there from the beginning comes at any time. */
  private int stepsBetweenJoins() {
    return 1 + settings.steps() / (6 * toJoin.size());
  }

  private static void connect(SimulatedClient client) {
    client.loop().onSocket(client::join);
  }

  private void runSomeLoop() {
    if (random.nextInt(4) == 0) {
      channels.get(random.nextInt(channels.size())).past().readers().runOne();
      return;
    }
    int index = random.nextInt(loops.size());
    SimulatedLoop loop = loops.get(index);
    boolean late = index == settings.sluggishLoop() && !settling;
    if (loop.isBusy() || (late && random.nextInt(settings.sluggishness()) > 0)) {
      return;
    }
    loop.runOne();
    if (current == null && loop.isIdle()) {
      for (SimulatedChannel channel : channels) {
        channel.checkServed(loop);
      }
    }
  }

  /** The loops have time to finish all they have to do, whatever the peers are up to. */
  private void lull() {
    long limit = now + STEPS_TO_SETTLE;
    while (!isIdle()) {
      runSomeLoop();
      unless(now++ < limit, "the loops never come to rest");
    }
  }

  /** Peers read all they are sent and say the rest of what they began, until nothing moves. */
  private void settle() {
    toJoin.forEach(World::connect);
    toJoin.clear();
    clients.forEach(client -> client.peer().speech().cutShort());
    people.forEach(AckPerson::cutShort);
    do {
      lull();
      clients.forEach(client -> client.peer().act());
      people.forEach(AckPerson::act);
    } while (!isIdle());
  }

  /** Whether nobody but peers has anything to do. */
  boolean isIdle() {
    return loops.stream().allMatch(SimulatedLoop::isIdle)
        && channels.stream().allMatch(channel -> channel.past().readers().isIdle());
  }
}
