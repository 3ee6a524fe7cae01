package io.linecast.core.simulation;

import static io.linecast.core.simulation.SimulationFailure.unless;

import io.linecast.core.CloseReason;
import io.linecast.core.Segment;
import io.linecast.core.Sink;
import io.linecast.core.SlowPolicy;
import io.linecast.protocol.GapReason;
import io.linecast.protocol.LineFeeds;
import java.nio.ByteBuffer;

/**
 * A connection's sending side with a buffer of so many bytes, which the peer empties. Every byte is
 * held against the client's {@link Expectation} as it is handed over.
 */
final class SimulatedSocket implements Sink {

  private final World world;
  private final SimulatedMember client;

  /** What the buffer holds at most; a healthy peer's is never full. */
  private final int capacity;

  private byte[] taken = new byte[1 << 10];
  private byte lastTaken;
  private final Filling filling;
  private int unread;
  private int owed;
  private boolean owing;
  private int owedLines;

  /** The first line that it owes the end of. */
  private int firstOwed;

  /** It seals what it is offered before it knows whether there is room, as TLS does. */
  private final boolean seals;

  /** Sealed, and not taken. */
  private int held;

  private boolean writableQueued;
  private boolean gone;
  private boolean closed;

  SimulatedSocket(World world, SimulatedMember client, int capacity) {
    this.world = world;
    this.client = client;
    this.capacity = capacity;
    this.seals = world.random().nextInt(3) == 0;
    this.filling = new Filling(client instanceof AckClient && client.channel().stretch() > 1);
  }

  SimulatedMember client() {
    return client;
  }

  boolean isHealthy() {
    return capacity == Integer.MAX_VALUE;
  }

  /** Whether the engine has been told of a full socket and not yet of room. */
  boolean isOwing() {
    return owing;
  }

  int owedLines() {
    return owedLines;
  }

  /** Whether every byte of a line, if it is for the client, has been handed over by now. */
  boolean hasSent(int line) {
    return line < (owing ? firstOwed : client.expectation().line());
  }

  /** How many of the channel's lines need no more be sent. */
  int linesSent() {
    return owing ? firstOwed : client.expectation().linesPassed();
  }

  boolean isClosed() {
    return closed;
  }

  boolean isGone() {
    return gone;
  }

  /** Bytes that the peer has still to read. */
  int unread() {
    return unread;
  }

  @Override
  public int take(Segment segment, int offset, int length) {
    return takeAround(segment, offset, length, 0, 0);
  }

  /** One call to the system: whoever is gone by then has left before it, or after. */
  @Override
  public int takeAround(Segment segment, int offset, int length, int leftOut, int more) {
    checkUse();
    unless(length > 0, "%s: offered nothing", client);
    world.maybePreempt();
    if (gone) {
      client.onGone();
      return GONE;
    }
    int count = takeNow(segment, offset, length);
    if (count == length && more > 0) {
      count += takeNow(segment, offset + length + leftOut, more);
    }
    world.maybePreempt();
    return count;
  }

  private int takeNow(Segment segment, int offset, int length) {
    if (held > 0) {
      return 0;
    }
    int count = Math.min(length, shortened(Math.min(room(), length)));
    copy(segment.bytes(), offset, count);
    held = seals && count < length ? world.random().nextInt(length - count + 1) : 0;
    world.log("%s takes %d of %d bytes, and holds %d", client, count, length, held);
    return count;
  }

  @Override
  public int committedBytes() {
    return held;
  }

  @Override
  public void owe(Segment segment, int offset, int length) {
    checkUse();
    unless(length > 0, "%s: owes nothing", client);
    unless(length >= held, "%s: does not owe all that it holds", client);
    held = 0;
    firstOwed = client.expectation().line();
    int before = client.expectation().delivered();
    copy(segment.bytes(), offset, length);
    unless(lastTaken == '\n', "%s: owes what is not a line's end", client);
    unread -= length;
    oweBytes(length, client.expectation().delivered() - before);
  }

  private void oweBytes(int length, int lines) {
    world.log("%s owes %d bytes more", client, length);
    owed += length;
    owedLines += lines;
    owing = true;
    if (room() > 0) {
      queueWritable();
    }
  }

  @Override
  public int give(ByteBuffer lines) {
    checkLoop();
    unless(lines.hasRemaining(), "%s: given nothing", client);
    unless(lines.get(lines.limit() - 1) == '\n', "%s: given half a line", client);
    world.maybePreempt();
    if (gone) {
      client.onGone();
      return GONE;
    }
    int length = lines.remaining();
    int count = owing ? 0 : Math.min(length, shortened(Math.min(room(), length)));
    copy(lines, lines.position(), count);
    if (count < length) {
      firstOwed = owing ? firstOwed : client.expectation().line();
      copy(lines, lines.position() + count, length - count);
      unread -= length - count;
      oweBytes(length - count, LineFeeds.count(lines, lines.position() + count, lines.limit()));
    }
    world.log("%s is given %d bytes, takes %d", client, length, count);
    world.maybePreempt();
    return count;
  }

  @Override
  public void onGap(long first, long last, GapReason reason) {
    world.log("%s has a gap from %d to %d: %s", client, first, last, reason);
    checkLoop();
    if (reason == GapReason.VOID) {
      client.channel().attendance().note(Occasion.VOID_TOLD);
      client.expectation().onVoid(first, last);
      return;
    }
    client.channel().past().checkReason(reason, client, last);
    if (!client.channel().past().hasLost(reason, client, last)) {
      client.checkMayMiss(last);
    }
    client.expectation().onGap(first, last);
  }

  @Override
  public void finish(CloseReason reason) {
    checkUse();
    world.log("%s finishes: %s", client, reason);
    unless(client.expectation().isFinishing(), "%s: finished for no reason", client);
    unless(client.expectation().isComplete(), "%s: finished with lines to come", client);
    unless(reason == client.finishReason(), "%s: finished for %s", client, reason);
    closed = true;
    client.onFinished();
  }

  void closeHere() {
    closed = true;
    client.onClosed();
  }

  @Override
  public long doneLine() {
    return client.doneLine();
  }

  @Override
  public void close(CloseReason reason) {
    world.log("%s is closed: %s", client, reason);
    if (reason == CloseReason.FAULT) {
      // What was thrown is on its way and says more than could be said here.
      return;
    }
    checkLoop();
    SlowPolicy policy = client.channel().policy();
    unless(reason == CloseReason.SLOW, "%s: closed for %s", client, reason);
    unless(policy == SlowPolicy.DISCONNECT, "%s: closed as slow under %s", client, policy);
    unless(!client.expectation().isComplete(), "%s: closed as slow, with nothing to come", client);
    client.checkLapped();
    closed = true;
    client.onClosed();
  }

  /** The peer reads so many bytes. */
  void onPeerRead(int bytes) {
    unread -= bytes;
    if (owing && bytes > 0) {
      queueWritable();
    }
  }

  void reset() {
    gone = true;
  }

  private void queueWritable() {
    if (!writableQueued) {
      writableQueued = true;
      client.loop().onSocket(this::onWritableEvent);
    }
  }

  private void onWritableEvent() {
    writableQueued = false;
    if (!owing || closed || gone) {
      return;
    }
    int sent = Math.min(room(), owed);
    owed -= sent;
    unread += sent;
    if (owed == 0) {
      owing = false;
      owedLines = 0;
      world.log("%s has room", client);
      client.subscriber().onRoom();
    }
  }

  private int room() {
    return isHealthy() ? Integer.MAX_VALUE : capacity - unread;
  }

  /** A socket may take less than would go in. */
  private int shortened(int room) {
    boolean shorter = !isHealthy() && room > 0 && world.random().nextInt(16) == 0;
    return shorter ? world.random().nextInt(room) : room;
  }

  private void copy(ByteBuffer bytes, int offset, int length) {
    if (length > taken.length) {
      taken = new byte[2 * length];
    }
    bytes.get(offset, taken, 0, length);
    lastTaken = length > 0 ? taken[length - 1] : lastTaken;
    client.expectation().onBytes(taken, filling.leaveOut(taken, length));
    unread += length;
  }

  private void checkUse() {
    checkLoop();
    unless(!owing, "%s: used while it owes", client);
    unless(client.expectation() != null, "%s: nothing is expected", client);
  }

  private void checkLoop() {
    unless(world.current() == client.loop(), "%s: used on %s", client, world.current());
    unless(!closed, "%s: used after it was closed", client);
  }
}
