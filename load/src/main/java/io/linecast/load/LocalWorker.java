package io.linecast.load;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Does a share in this process, on whatever one thread calls it. */
final class LocalWorker implements Worker {
  private static final long HOLD_TURN_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  /** Nobody is told; it is the server's if nothing else is said. */
  private static final long WEB_HEARTBEAT_NANOS = TimeUnit.SECONDS.toNanos(15);

  private static final long DRAIN_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final LineFindings findings = new LineFindings();
  private final LoopTime loopTime = new LoopTime();
  private final Latency latency;
  private final Latency lateness;
  private final long warmupNanos;
  private final long endNanos;
  private Share share;
  private @Nullable Fleet connected;
  private @Nullable Fleet neverReading;
  private Verifier[] verifiers = {};
  private @Nullable LoadMark measured;
  private int[] sample = {};
  private long heartbeatNanos;
  private long blockedSends;
  private long settledNanos;
  private boolean complete;

  LocalWorker(Share share) {
    this.share = share;
    this.warmupNanos = TimeUnit.SECONDS.toNanos(share.warmupSeconds());
    this.endNanos = warmupNanos + TimeUnit.SECONDS.toNanos(share.seconds());
    this.latency = new Latency(warmupNanos);
    this.lateness = new Latency(warmupNanos);
  }

  @Override
  public void connect() {
    Fleet fleet = Connector.connect(share);
    connected = fleet;
    fleet.countFrom(share.firstListener());
    // Nobody polls these: they are there, and do not read.
    Fleet stuck = Connector.connect(share.listenersTarget(), share.stuck());
    neverReading = stuck;
    if (share.dialect() == Dialect.ACK) {
      heartbeatNanos = Hellos.exchange(fleet, share::listens);
      Hellos.sayOnly(stuck);
    } else if (share.dialect().listensOnWeb()) {
      heartbeatNanos = WEB_HEARTBEAT_NANOS;
      share = share.withEpoch(Requests.exchange(fleet, share));
      Requests.sayOnly(stuck, share);
    } else {
      greet(fleet);
    }
    if (share.dialect() != Dialect.LINES) {
      fleet.discardUntilQuiet(share.dialect().quietMillis(), DRAIN_NANOS);
      fleet.forgetReceived(share.lengths());
    }
  }

  private void greet(Fleet fleet) {
    try (Arena arena = Arena.ofConfined()) {
      for (int i = 0; i < fleet.size(); i++) {
        byte[] greeting = share.dialect().greeting(share.listens(i));
        MemorySegment memory = arena.allocateFrom(JAVA_BYTE, greeting);
        if (fleet.send(i, memory.address(), greeting.length) != greeting.length) {
          throw new LoadFailure("the server does not take a greeting");
        }
      }
    }
  }

  @Override
  public void probe() {
    forget();
    new Probe(fleet(), share).run();
  }

  @Override
  public void forget() {
    if (!share.spins()) {
      fleet().discardUntilQuiet(Dialect.LINES.quietMillis(), DRAIN_NANOS);
    }
    fleet().forgetReceived(share.lengths());
  }

  /** Stays connected for so long. */
  void hold(long nanos) {
    RunClock clock = RunClock.start();
    KeepAlive listening = KeepAlive.ofListeners(fleet(), share, heartbeatNanos);
    KeepAlive sending = KeepAlive.ofSenders(fleet(), share, heartbeatNanos);
    for (long now = 0; now < nanos && closed() < fleet().size(); now = clock.nanos()) {
      listening.say(now, connection -> true);
      sending.say(now, connection -> true);
      fleet().discardFor(Math.min(nanos - now, HOLD_TURN_NANOS));
    }
  }

  /** How many connections have ended. */
  int closed() {
    return fleet().closed();
  }

  @Override
  public long[] run(long startNanos) {
    Fleet fleet = fleet();
    sample = Intake.sample(share);
    verifiers = verifiers();
    RunClock clock = new RunClock(startNanos);
    try (Senders senders = new Senders(fleet, share, lateness);
        Intake intake = new Intake(fleet, clock, sample, verifiers);
        LoadLoop loop = new LoadLoop(fleet, share, senders, intake, clock, heartbeatNanos)) {
      loop.startSender();
      loop.runUntil(warmupNanos, new LoopTime());
      LoadMark begin = mark(clock, senders);
      loop.runUntil(endNanos, loopTime);
      measured = mark(clock, senders).since(begin);
      settledNanos = loop.settle() - endNanos;
      complete = loop.isComplete();
      blockedSends = senders.blockedSends();
      return senders.sentLines();
    }
  }

  @Override
  public Tally tally(long[] sentLines) {
    for (Verifier verifier : verifiers) {
      verifier.finish(sender -> sentLines[sender]);
    }
    return new Tally(
        Objects.requireNonNull(measured, "not run"),
        Balance.of(fleet(), share, sentLines),
        fleet().closed(),
        findings,
        latency.encoded(),
        lateness.encoded(),
        loopTime,
        blockedSends,
        settledNanos);
  }

  @Override
  public void close() {
    if (neverReading != null) {
      neverReading.close();
    }
    if (connected == null) {
      return;
    }
    if (complete) {
      connected.closeOrderly();
    } else {
      // What is still on its way would only keep the server from whatever comes next.
      connected.reset();
    }
  }

  private LoadMark mark(RunClock clock, Senders senders) {
    return new LoadMark(
        clock.nanos(),
        senders.totalSentLines(),
        fleet().totalReceivedBytes(),
        receivedLines(),
        witnessedLines(senders),
        LocalProcess.current().cpuNanos());
  }

  /**
   * The server has accepted what any client has heard, so the one that is furthest tells. Where all
   * clients send, none hears its own, and what it has sent is added.
   */
  private long witnessedLines(Senders senders) {
    Fleet fleet = fleet();
    boolean allSend = share.ownSender(fleet.size() - 1) != Share.NOBODY;
    long[] own = allSend ? senders.sentLines() : new long[fleet.size()];
    long most = 0;
    for (int i = allSend ? 0 : share.senders(); i < fleet.size(); i++) {
      most = Math.max(most, receivedLines(i) + own[i]);
    }
    return most;
  }

  private long receivedLines() {
    long lines = 0;
    for (int i = share.firstListener(); i < fleet().size(); i++) {
      lines += receivedLines(i);
    }
    return lines;
  }

  private long receivedLines(int connection) {
    return share
        .lengths()
        .lines(fleet().firstNumber(connection), fleet().receivedBytes(connection));
  }

  private Verifier[] verifiers() {
    Verifier[] made = new Verifier[sample.length];
    for (int i = 0; i < made.length; i++) {
      made[i] = verifier(sample[i]);
    }
    return made;
  }

  private Verifier verifier(int connection) {
    Frame frame = share.dialect().arriving(share.lineBytes());
    int own = share.ownSender(connection);
    Verifier texts =
        new StreamVerifier(share.lineFormat(), frame, own, share.schedule(), findings, latency);
    long first = fleet().firstNumber(connection);
    return switch (share.dialect()) {
      case ACK -> new NumberedVerifier(first, texts, findings);
      case WS -> new MessageVerifier(texts, findings);
      case SSE -> new EventVerifier(share.epoch(), first, texts, findings);
      default -> texts;
    };
  }

  private Fleet fleet() {
    return Objects.requireNonNull(connected, "not connected");
  }
}
