package io.linecast.core.simulation;

import static io.linecast.core.simulation.SimulationFailure.unless;

import io.linecast.core.Arrival;
import io.linecast.core.Batch;
import io.linecast.core.CloseReason;
import io.linecast.core.ProgressBoard;
import io.linecast.core.Publisher;
import io.linecast.core.RefusedException;
import io.linecast.core.Sink;
import io.linecast.protocol.AckLevel;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An acknowledged connection as a server would have it. */
final class AckClient extends SimulatedMember implements ProgressBoard.Waiter, Publisher.Holder {
  private static final List<AckLevel> LEVELS = List.of(AckLevel.values());

  private final AckPerson person;
  private final StartWish wish;
  private final AckInput input;
  private final AckAnswers answers;
  private @Nullable Publisher publisher;
  private @Nullable Expectation expectation;
  private int linesBefore;
  private long doneLine;
  private boolean arriving;
  private final AckEnd end = new AckEnd(this);
  private boolean open;
  private boolean lookDue; // a look at the progress has been asked for, on any loop

  AckClient(AckPerson person, World world, SimulatedLoop loop, StartWish wish) {
    super(
        world,
        person.channel(),
        loop,
        person.name().orElse("ack"),
        Capacity.random(world, person.channel()));
    this.person = person;
    this.wish = wish;
    this.answers = new AckAnswers(this, LEVELS.get(world.random().nextInt(LEVELS.size())));
    this.input = new AckInput(this, world);
  }

  AckPerson person() {
    return person;
  }

  /** Comes, on its loop. */
  void join() {
    world().log("%s arrives, %s, %s", this, wish, answers.level());
    linesBefore = channel().transcript().lines();
    doneLine = linesBefore;
    arriving = person.listens();
    channel().attendance().acknowledged().add(this);
    AckClient before = person.onArriving(this);
    Arrival arrival;
    try {
      Optional<Sink> sink = person.listens() ? Optional.of(socket()) : Optional.empty();
      Arrival.Wish asked = wish.with(person.name(), channel().encoding());
      arrival = channel().engine().arrive(asked, world().loops().indexOf(loop()), sink, this);
    } catch (RefusedException refusal) {
      world().log("%s is refused: %s", this, refusal.code());
      wish.checkRefusal(channel(), linesBefore, refusal);
      arriving = false;
      end.noteEnd();
      channel().attendance().acknowledged().remove(this);
      person.onRefused(before);
      return;
    }
    letIn(arrival);
  }

  private void letIn(Arrival arrival) {
    publisher = arrival.publisher();
    long highest = channel().engine().publishers().ask(publisher, Publisher::highest);
    unless(highest == person.highest(), "%s: highest %d is %d", this, person.highest(), highest);
    wish.checkArrival(channel(), linesBefore, arrival, person.listens());
    open = true;
    arriving = false;
    if (person.listens()) {
      int start = wish.linesBeforeStart(linesBefore, (int) arrival.oldest());
      expectation = new Expectation(channel().transcript(), this, start, true);
      end.finishIfSuperseded();
      if (expectation.passEarlierOwn(linesBefore) > 0) {
        note(Occasion.OWN_EARLIER_LINES);
      }
      onLetIn(arrival.subscriber().orElseThrow());
    }
    input.open(publisher, highest);
  }

  /** Whether its place in the channel is being made, and lines are for it already. */
  boolean isArriving() {
    return arriving && !end.isSuperseded();
  }

  @Override
  int linesBefore() {
    return linesBefore;
  }

  @Override
  @Nullable Expectation expectation() {
    return expectation;
  }

  /** It is not sent what its publisher has sent earlier; what it sends later ends its part. */
  @Override
  boolean isOwn(int line, SimulatedMember sender) {
    return sender == this
        || (line < linesBefore
            && person.name().isPresent()
            && sender instanceof AckClient other
            && other.person == person);
  }

  @Override
  boolean isDoneWith(int line) {
    return end.isQuitting() || doneLine > line;
  }

  @Override
  long doneLine() {
    return end.isQuitting() ? Long.MAX_VALUE : doneLine;
  }

  AckEnd end() {
    return end;
  }

  boolean hasEnded() {
    return end.hasEnded();
  }

  boolean takesInput() {
    return open && !hasEnded() && !end.isQuitting() && input.takesMore();
  }

  /** What it has sent and nobody has looked at counts no more. */
  void dropInput() {
    input.close();
  }

  void onRequest(Request request) {
    input.add(request);
  }

  AckAnswers answers() {
    return answers;
  }

  @Override
  boolean isWaitingOrReading() {
    return open && !hasEnded() && input.isWaitingOrReading();
  }

  /** The index of the line whose answer it waits for; -1 if it waits for none. */
  int waitsForLine() {
    return open && !hasEnded() ? answers.waitsForLine() : -1;
  }

  @Override
  void checkHeard(boolean closing) {
    unless(waitsForLine() < 0, "%s: waits for ever, for line %d", this, waitsForLine() + 1);
  }

  void onDone(long line) {
    if (line > doneLine) {
      doneLine = line;
      subscriber().sweep().onMemberProgress();
    }
  }

  /** Another connection publishes under its name now. In the append section, on any loop. */
  @Override
  public void onSuperseded() {
    end.onSuperseded(channel().transcript().lines());
    loop().onSocket(this::endSuperseded);
  }

  /** As soon as it is told, or finds out. */
  void endSuperseded() {
    if (hasEnded()) {
      return;
    }
    world().log("%s is superseded", this);
    note(Occasion.SUPERSEDED);
    if (isPresent()) {
      subscriber().retire();
    }
    end.close();
  }

  @Override
  SimulatedMember onAccepted(Batch batch) {
    input.onAccepted(batch);
    if (expectation != null) {
      expectation.onOwn(batch.lineCount());
    }
    return this;
  }

  /** The server stops. */
  void shutDown() {
    if (open && !hasEnded()) {
      end.shutDown();
      sayAnswers();
    }
  }

  /** The client closes. */
  void onPeerClosed() {
    world().log("%s is closed by its client", this);
    note(Occasion.LEFT_UNDONE);
    end.close();
  }

  @Override
  public void onProgress() {
    if (!lookDue) {
      lookDue = true;
      loop()
          .execute(
              () -> {
                lookDue = false;
                sayAnswers();
              });
    }
  }

  void note(Occasion occasion) {
    channel().attendance().note(occasion);
  }

  /** Says what can be said by now, and sees to it that the rest will be. */
  void sayAnswers() {
    if (hasEnded()) {
      return;
    }
    ProgressBoard board = channel().engine().board();
    answers.sayReached(board);
    answers.giveUpHopeless(board);
    if (!answers.isEmpty()) {
      board.add(this);
    } else {
      board.remove(this);
      if (end.isQuitting()) {
        finish(CloseReason.FINISHED);
      }
    }
    end.closeIfDone();
  }

  @Override
  void onFinished() {
    end.onAllHeard();
  }

  @Override
  void checkMayMiss(long last) {
    if (last <= linesBefore) {
      note(Occasion.ARREARS_LOST);
      unless(!channel().isStalling(), "%s: arrears are lost though it stalls", this);
      checkLag(expectation.lagBytes());
      return;
    }
    note(expectation.line() < linesBefore ? Occasion.LAPPED_IN_ARREARS : Occasion.LAPPED);
    channel().onLapped();
    unless(!channel().isStalling(), "%s: a gap though it stalls", this);
    unless(!isHealthy() || socket().isGone(), "%s: lapped, though it is quick", this);
    int from = Math.max(linesBefore, expectation.line());
    checkLag(channel().stretch() * channel().transcript().numberedBytesSince(from));
  }

  @Override
  void checkLapped() {
    throw new SimulationFailure(this + ": closed as slow, where it could be told of a gap");
  }

  @Override
  void leave() {
    if (open) {
      if (end.isSentAway()) {
        channel().attendance().leaveUndone(Math.max(linesBefore, doneLine));
      }
      open = false;
      end.noteEnd();
      channel().engine().board().remove(this);
      channel().engine().publishers().letGo(publisher, this);
      person.onLeft(this);
      channel().attendance().acknowledged().remove(this);
      super.leave();
    }
  }
}
