package io.linecast.core.simulation;

import io.linecast.core.Batch;
import io.linecast.core.ForwardingJournal;
import io.linecast.core.History;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a channel accepted, in its one order, and from whom: what everything else is judged by.
 * Learned where lines are given their numbers; lines are counted from 0 here.
 */
final class Transcript extends ForwardingJournal {

  private final Function<Batch, @Nullable SimulatedMember> witness;
  private byte[] bytes = new byte[1 << 14];
  private int[] ends = new int[1 << 10];
  private SimulatedMember[] senders = new SimulatedMember[1 << 10];
  private int lines;
  private int size;
  private History history = History.NONE;

  /**
   * @param witness sees every batch before it is accepted, and says who must not hear it
   */
  Transcript(Function<Batch, @Nullable SimulatedMember> witness) {
    this.witness = witness;
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
    SimulatedMember sender = witness.apply(batch);
    int first = lines;
    write(batch, sender);
    SimulationFailure.unless(
        lines - first == batch.lineCount(),
        "a batch of %d lines that says it has %d",
        lines - first,
        batch.lineCount());
    super.keep(batch);
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
        addLine(size + 1, sender);
      }
    }
  }

  private void addLine(int end, SimulatedMember sender) {
    if (lines == ends.length) {
      ends = Arrays.copyOf(ends, 2 * lines);
      senders = Arrays.copyOf(senders, 2 * lines);
    }
    ends[lines] = end;
    senders[lines++] = sender;
  }

  /** How many lines have been accepted. */
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

  /** The bytes of lines {@code from} and later, as those hear them who hear numbers. */
  int numberedBytesSince(int from) {
    int bytes = bytesSince(from);
    for (int line = from + 1; line <= lines; line++) {
      bytes += "LINE  ".length() + Integer.toString(line).length();
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
