package io.linecast.core;

import io.linecast.protocol.GapReason;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A connection with so much room, which only grows when a test says so. */
final class FakeSink implements Sink {

  private final StringBuilder received = new StringBuilder();
  private final List<String> gaps = new ArrayList<>();
  private final Set<GapReason> gapReasons = EnumSet.noneOf(GapReason.class);
  private final Runnable onTake;
  private long room;
  private String owed = "";
  private int sealedBytes;
  private int committedBytes;
  private @Nullable CloseReason finished;
  private @Nullable CloseReason closed;
  private boolean gone;
  private long doneLine = Long.MAX_VALUE;

  /** A sink that takes everything. */
  FakeSink() {
    this(Long.MAX_VALUE);
  }

  /** A sink that takes so many bytes and is full then. */
  FakeSink(long roomBytes) {
    this(roomBytes, () -> {});
  }

  /** A sink that does something whenever it is offered bytes. */
  FakeSink(long roomBytes, Runnable onTake) {
    this.room = roomBytes;
    this.onTake = onTake;
  }

  @Override
  public int take(Segment segment, int offset, int length) {
    onTake.run();
    if (gone) {
      return GONE;
    }
    int taken = (int) Math.min(room, length);
    received.append(text(segment, offset, taken));
    room -= taken;
    committedBytes = Math.clamp(sealedBytes - taken, 0, length - taken);
    return taken;
  }

  @Override
  public int committedBytes() {
    return committedBytes;
  }

  /** It cannot give back so many of the first bytes that it is offered, room or not. */
  void sealAtOnce(int bytes) {
    sealedBytes = bytes;
  }

  @Override
  public void owe(Segment segment, int offset, int length) {
    owed = text(segment, offset, length);
  }

  @Override
  public int give(ByteBuffer lines) {
    onTake.run();
    if (gone) {
      return GONE;
    }
    byte[] bytes = new byte[lines.remaining()];
    lines.get(lines.position(), bytes);
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    int taken = owed.isEmpty() ? (int) Math.min(room, text.length()) : 0;
    received.append(text, 0, taken);
    room -= taken;
    owed += text.substring(taken);
    return taken;
  }

  @Override
  public long doneLine() {
    return doneLine;
  }

  @Override
  public void onGap(long first, long last, GapReason reason) {
    gaps.add(first + "-" + last);
    gapReasons.add(reason);
  }

  @Override
  public void finish(CloseReason reason) {
    finished = reason;
  }

  @Override
  public void close(CloseReason reason) {
    closed = reason;
  }

  /** The peer has read: so many bytes more go in. */
  void makeRoom(long bytes, Subscriber subscriber) {
    room += bytes;
    if (!owed.isEmpty() && room >= owed.length()) {
      received.append(owed);
      room -= owed.length();
      owed = "";
      subscriber.onRoom();
    }
  }

  /** The client says that it is done with all lines up to this one; else it never says so. */
  void sayDone(long line) {
    doneLine = line;
  }

  /** The peer is no more. */
  void goAway() {
    gone = true;
  }

  String received() {
    return received.toString();
  }

  /** What it still owes of a line. */
  String owed() {
    return owed;
  }

  List<String> gaps() {
    return gaps;
  }

  Set<GapReason> gapReasons() {
    return gapReasons;
  }

  @Nullable CloseReason finished() {
    return finished;
  }

  @Nullable CloseReason closed() {
    return closed;
  }

  private static String text(Segment segment, int offset, int length) {
    byte[] bytes = new byte[length];
    segment.bytes().get(offset, bytes);
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
