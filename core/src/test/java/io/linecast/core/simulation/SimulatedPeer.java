package io.linecast.core.simulation;

import java.util.List;
import java.util.SplittableRandom;

/** The far end of a connection: how it reads, what it says, and how it goes. */
final class SimulatedPeer {

  private enum Reading {
    AT_ONCE,
    STEADILY,
    IN_BURSTS,
    NEVER
  }

  private static final List<Reading> UNHEALTHY =
      List.of(Reading.STEADILY, Reading.IN_BURSTS, Reading.NEVER);

  private final World world;
  private final SimulatedClient client;
  private final SplittableRandom random;
  private final Reading reading;
  private final int readBytes;
  private final boolean flaky;
  private final boolean halfCloses;
  private final Speech speech;
  private long frozenUntil;
  private boolean halfClosed;

  SimulatedPeer(World world, SimulatedClient client, boolean speaks) {
    this.world = world;
    this.client = client;
    this.random = world.random();
    SimulatedChannel channel = client.channel();
    this.reading =
        client.isHealthy() ? Reading.AT_ONCE : UNHEALTHY.get(random.nextInt(UNHEALTHY.size()));
    this.readBytes =
        channel.measures().scale() * (1 + random.nextInt(random.nextBoolean() ? 64 : 1_024));
    this.flaky = random.nextInt(6) == 0;
    this.halfCloses = random.nextInt(3) == 0;
    int windows = world.settings().kind() == Settings.Kind.STORM ? 8 : random.nextInt(4);
    int quotaBytes = speaks ? random.nextInt(1 + channel.measures().windowBytes() * windows) : 0;
    boolean endsUnfinished = halfCloses && random.nextBoolean();
    this.speech = new Speech(random, channel.measures().maxLineBytes(), quotaBytes, endsUnfinished);
  }

  Speech speech() {
    return speech;
  }

  /** Does a little of what it does. */
  void act() {
    if (client.isOver()) {
      return;
    }
    read();
    speak();
    if (flaky && !world.isSettling() && random.nextInt(500) == 0) {
      reset();
    }
  }

  /** Goes without a word. */
  void reset() {
    world.log("%s is reset", client);
    client.onReset();
  }

  private void read() {
    int unread = client.socket().unread();
    if (world.isSettling() || reading == Reading.AT_ONCE) {
      client.socket().onPeerRead(unread);
    } else if (reading == Reading.STEADILY) {
      client.socket().onPeerRead(Math.min(unread, random.nextInt(readBytes) + 1));
    } else if (reading == Reading.IN_BURSTS && world.now() >= frozenUntil) {
      client.socket().onPeerRead(unread);
      frozenUntil = random.nextInt(40) == 0 ? world.now() + random.nextInt(4_000) : 0;
    }
  }

  private void speak() {
    if (!speech.isOver()) {
      if (client.takesInput()) {
        client.onInput(speech.next(client.channel().measures().largestRunBytes()));
      }
    } else if (halfCloses && !halfClosed) {
      halfClosed = true;
      world.log("%s half-closes", client);
      client.onEndOfInput();
    }
  }
}
