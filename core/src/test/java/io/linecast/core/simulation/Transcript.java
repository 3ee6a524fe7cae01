package io.linecast.core.simulation;

import io.linecast.core.Batch;
import io.linecast.core.History;
import io.linecast.core.Journal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What a channel accepted, in its one order, and from whom: what everything else is judged by. It
 * is the journal that gives lines their numbers, and no line to some numbers: such a void is an
 * empty line here, whose line feed is missing too. Lines are counted from 0.
 */
final class Transcript implements Journal {

  private final Function<Batch, @Nullable SimulatedMember> witness;
  private final IntSupplier nextVoid;
  private @Nullable Kept kept;
  private byte[] bytes = new byte[1 << 14];
  private int[] ends = new int[1 << 10];
  private SimulatedMember[] senders = new SimulatedMember[1 << 10];

  /** How many of the lines up to each are voids. */
  private int[] voids = new int[1 << 10];

  private int lines;
  private int size;
  private History history = History.NONE;

  /**
   * @param witness sees every batch before it is accepted, and says who must not hear it
   * @param nextVoid says how many numbers no line gets at this moment
   */
  Transcript(Function<Batch, @Nullable SimulatedMember> witness, IntSupplier nextVoid) {
    this.witness = witness;
    this.nextVoid = nextVoid;
  }

  @Override
  public String kind() {
    return "memory";
  }

  @Override
  public String epoch() {
    return "simulated";
  }

  @Override
  public void open(Kept receiver) {
    kept = receiver;
  }

  @Override
  public History history() {
    return history;
  }

  /** It is kept there from now on. */
  void keepIn(History there) {
    history = there;
  }

  @Override
  public void keep(Batch batch) {
    skipNumbers();
    SimulatedMember sender = witness.apply(batch);
    int first = lines;
    write(batch, sender);
    SimulationFailure.unless(
        lines - first == batch.lineCount(),
        "a batch of %d lines that says it has %d",
        lines - first,
        batch.lineCount());
    Objects.requireNonNull(kept).onKept(batch, first + 1L);
    skipNumbers();
  }

  /** Perhaps no line gets the next numbers. */
  void skipNumbers() {
    int first = lines;
    for (int i = nextVoid.getAsInt(); i > 0; i--) {
      addLine(size, null, true);
    }
    if (lines > first) {
      Objects.requireNonNull(kept).onVoid(first + 1L, lines);
    }
  }

  private void write(Batch batch, SimulatedMember sender) {
    ByteBuffer run = batch.run();
    int length = run.remaining();
    if (size + length > bytes.length) {
      bytes = Arrays.copyOf(bytes, 2 * (size + length));
    }
    run.get(run.position(), bytes, size, length);
    for (int end = size + length; size < end; size++) {
      if (bytes[size] == '\n') {
        addLine(size + 1, sender, false);
      }
    }
  }

  private void addLine(int end, @Nullable SimulatedMember sender, boolean isVoid) {
    if (lines == ends.length) {
      ends = Arrays.copyOf(ends, 2 * lines);
      senders = Arrays.copyOf(senders, 2 * lines);
      voids = Arrays.copyOf(voids, 2 * lines);
    }
    ends[lines] = end;
    voids[lines] = voidsBefore(lines) + (isVoid ? 1 : 0);
    senders[lines++] = sender;
  }

  boolean isVoid(int line) {
    return voids[line] > voidsBefore(line);
  }

  /** How many of the lines before this one are voids. */
  int voidsBefore(int line) {
    return line == 0 ? 0 : voids[line - 1];
  }

  /** How many of the lines are none: from one on, up to before another. */
  int voidsBetween(int from, int to) {
    return to <= from ? 0 : voidsBefore(to) - voidsBefore(from);
  }

  /** How many there are from one on, voids not counted. */
  int linesFrom(int from) {
    return lines - from - voidsBetween(from, lines);
  }

  /** Behind how many lines there are just so many more, voids not counted. */
  int linesBeforeLast(int count) {
    int from = lines;
    while (linesFrom(from) < count) {
      from--;
    }
    return from;
  }

  /** How many lines have been accepted, voids included. */
  int lines() {
    return lines;
  }

  int start(int line) {
    return line == 0 ? 0 : ends[line - 1];
  }

  int end(int line) {
    return ends[line];
  }

  int length(int line) {
    return ends[line] - start(line);
  }

  void copy(int line, ByteBuffer to) {
    to.put(bytes, start(line), length(line));
  }

  /** The bytes of lines {@code from} and later. */
  int bytesSince(int from) {
    return size - start(from);
  }

  /** The most bytes of lines {@code from} and later, as those hear them who hear numbers. */
  int numberedBytesSince(int from) {
    int bytes = bytesSince(from);
    for (int line = from + 1; line <= lines; line++) {
      int digits = Integer.toString(line).length();
      bytes += isVoid(line - 1) ? "GAP   void\n".length() + 2 * digits : "LINE  ".length() + digits;
    }
    return bytes;
  }

  /** Who has sent a line and must not hear it; null if everybody may. */
  @Nullable SimulatedMember sender(int line) {
    return senders[line];
  }

  boolean contains(String text, int line) {
    return text(start(line), ends[line] - 1).equals(text);
  }

  boolean matches(int at, byte[] found, int from, int length) {
    return Arrays.equals(bytes, at, at + length, found, from, from + length);
  }

  String text(int from, int to) {
    return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
  }
}
