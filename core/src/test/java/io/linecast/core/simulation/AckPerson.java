package io.linecast.core.simulation;

import static io.linecast.core.simulation.SimulationFailure.unless;

import io.linecast.core.simulation.Request.Answer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Somebody with lines to send, over one connection after the other. With a name he sends what he
 * does not know the fate of again, and no line may be lost or doubled.
 */
final class AckPerson {

  private static final int SENDS_MAX = 500;
  private static final int CONNECTIONS_MAX = 9;
  private static final int USUAL_LENGTH = 24;
  private static final int LONGEST = 400;

  private final World world;
  private final SimulatedChannel channel;
  private final SplittableRandom random;
  private final Optional<String> name;
  private final boolean listens;
  private final boolean says;
  private final AckLedger ledger;
  private final List<AckClient> abandoned = new ArrayList<>();

  /** What is to be sent over the connection, and what has been: places in {@code sends}. */
  private final ArrayDeque<Integer> toSay = new ArrayDeque<>();

  private final ArrayDeque<Request.Send> unanswered = new ArrayDeque<>();
  private int firstOfConnection;
  private int freshLeft;
  private int connections;
  private int passed;
  private long doneSaid;
  private long nextNumber = 1;
  private boolean quitSaid;
  private @Nullable AckClient connection;
  private @Nullable AckClient holder;

  AckPerson(World world, SimulatedChannel channel) {
    this.world = world;
    this.channel = channel;
    this.random = world.random();
    this.ledger = new AckLedger(channel);
    this.name = random.nextInt(4) == 0 ? Optional.empty() : Optional.of("person" + world.nextId());
    this.listens = random.nextInt(5) > 0;
    this.says = listens && random.nextInt(3) > 0;
    this.freshLeft = random.nextInt(4) == 0 ? 0 : random.nextInt(SENDS_MAX);
  }

  SimulatedChannel channel() {
    return channel;
  }

  Optional<String> name() {
    return name;
  }

  boolean listens() {
    return listens;
  }

  /** Sends nothing that has not been begun. */
  void cutShort() {
    freshLeft = 0;
  }

  /** Does a little of what he does. */
  void act() {
    abandoned.removeIf(this::drops);
    if (connection == null || connection.hasEnded()) {
      readAnswers();
      if (wantsToConnect()) {
        connect();
      }
      return;
    }
    read();
    sayDone();
    speak();
    if (connection.end().isOnItsOwn() && mayClose()) {
      connection.loop().onSocket(connection::onPeerClosed);
      return;
    }
    if (!world.isSettling() && random.nextInt(150) == 0) {
      breakOff();
    }
  }

  private boolean drops(AckClient old) {
    boolean now = world.isSettling() || random.nextInt(60) == 0;
    if (now && !old.hasEnded()) {
      old.onReset();
    }
    return now;
  }

  private boolean wantsToConnect() {
    if (world.isSettling()) {
      return !channel.isClosing() && name.isPresent() && ledger.hasUnanswered();
    }
    return connections < CONNECTIONS_MAX && random.nextInt(10) == 0;
  }

  /** The connection is cut, or looks dead to him while the server goes on with it. */
  private void breakOff() {
    if (random.nextBoolean()) {
      world.log("%s is reset", connection);
      connection.onReset();
      connection = null;
    } else if (connections < CONNECTIONS_MAX) {
      world.log("%s is given up", connection);
      abandoned.add(connection);
      connect();
    }
  }

  private void connect() {
    connections++;
    unanswered.clear();
    toSay.clear();
    quitSaid = false;
    if (name.isPresent()) {
      toSay.addAll(ledger.unanswered());
    }
    firstOfConnection = toSay.isEmpty() ? ledger.size() : toSay.element();
    int lines = channel.transcript().lines();
    StartWish wish = world.isSettling() ? StartWish.now() : StartWish.random(random, lines, passed);
    connection = new AckClient(this, world, world.someLoop(), wish);
    doneSaid = 0;
    connection.loop().onSocket(connection::join);
  }

  private void read() {
    SimulatedSocket socket = connection.socket();
    if (connection.isHealthy() || world.isSettling()) {
      socket.onPeerRead(socket.unread());
    } else if (random.nextInt(4) == 0 && socket.unread() > 0) {
      socket.onPeerRead(1 + random.nextInt(socket.unread()));
    }
    readAnswers();
    if (connection.isPresent()) {
      passed = connection.expectation().line();
    }
  }

  private void readAnswers() {
    AckClient from = connection;
    if (from == null || from.socket().isGone()) {
      return;
    }
    AckAnswers answers = from.answers();
    for (Answer answer = answers.next(); answer != null; answer = answers.next()) {
      ledger.onAnswer(from, unanswered.remove(), answer);
    }
  }

  private void sayDone() {
    if (!listens || !connection.takesInput() || !connection.isPresent()) {
      return;
    }
    long heard = Math.min(connection.socket().linesSent(), channel.transcript().lines());
    boolean due = world.isSettling() || (says && random.nextInt(3) == 0);
    if (due && heard > doneSaid) {
      doneSaid = heard;
      connection.onRequest(new Request.Done(heard));
    }
  }

  /**
   * Whether he has been told good-bye and leaves; in the end he first says what he is done with.
   */
  private boolean mayClose() {
    return world.isSettling() ? !connection.isWaitingOrReading() : random.nextInt(20) == 0;
  }

  private void speak() {
    for (int i = random.nextInt(12); i >= 0 && connection.takesInput() && !quitSaid; i--) {
      if (!toSay.isEmpty()) {
        say(ledger.get(toSay.remove()));
      } else if (freshLeft > 0) {
        freshLeft--;
        nextNumber += random.nextInt(8) == 0 ? 2 : 1;
        say(ledger.add(nextNumber, text()));
      } else if (!world.isSettling() && random.nextInt(200) == 0) {
        quitSaid = true;
        connection.onRequest(new Request.Quit());
      } else {
        return;
      }
      if (!world.isSettling() && random.nextInt(8) == 0) {
        repeat();
      }
    }
  }

  private void say(Request.Send send) {
    unanswered.add(send);
    connection.onRequest(send);
  }

  /** Something that was said before over this connection, or a number that was passed over. */
  private void repeat() {
    int upTo = toSay.isEmpty() ? ledger.size() : toSay.element();
    if (upTo <= firstOfConnection) {
      return;
    }
    Request.Send send = ledger.get(firstOfConnection + random.nextInt(upTo - firstOfConnection));
    boolean hasGap = !ledger.hasUsed(send.number() - 1);
    say(hasGap ? new Request.Send(send.number() - 1, "never") : send);
  }

  private String text() {
    int longest = random.nextInt(4) == 0 ? LONGEST : USUAL_LENGTH;
    int length = random.nextInt(Math.min(channel.measures().maxLineBytes(), longest));
    String unique = Integer.toString(ledger.size() * 7919 + 13, 36);
    return unique.repeat(1 + length / unique.length()).substring(0, length);
  }

  /** A connection of his comes; returns the one that published until now. */
  @Nullable AckClient onArriving(AckClient now) {
    AckClient before = holder;
    holder = now;
    return before;
  }

  void onRefused(@Nullable AckClient before) {
    holder = before;
  }

  void onLeft(AckClient client) {
    holder = holder == client ? null : holder;
  }

  boolean isHeldBy(AckClient client) {
    return holder == client || name.isEmpty();
  }

  /** The highest number that a new connection of his has used. */
  long highest() {
    return name.isPresent() ? ledger.highestAccepted() : 0;
  }

  AckLedger ledger() {
    return ledger;
  }

  /** What must hold once everything is at rest: he knows what became of all that he sent. */
  void checkSettled() {
    boolean knows = name.isEmpty() || !ledger.hasUnanswered();
    unless(channel.isClosing() || knows, "%s: %s never knew", channel, name);
  }
}
