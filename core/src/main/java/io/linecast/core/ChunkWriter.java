package io.linecast.core;

import io.linecast.protocol.LineFeeds;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** Makes chunks of what it reads from a history. Used by one reader at a time. */
final class ChunkWriter {

  /** About what is read at once, as it is. */
  static final int READ_BYTES = 128 * 1024;

  /** About what is encoded at once: a chunk has an index of such parts. */
  private static final int PART_BYTES = 8 * 1024;

  /** A line that is longer than this cannot be read. */
  private static final int LONGEST_LINE_BYTES = 256 << 20;

  /** Lines, or numbers that no line has. */
  private record Part(int bytes, long numbers, boolean isVoid) {}

  private final ChunkMemory memory;
  private final LineEncoding encoding;
  private ByteBuffer raw;
  private LineEncoder encoder;

  /** What has been encoded, in parts: how much that will be is not known before. */
  private ByteBuffer encoded;

  private final List<Part> parts = new ArrayList<>();

  /**
   * A writer.
   *
   * @param longestLineBytes what a line has that the server would take now; there may be longer
   *     ones
   */
  ChunkWriter(ChunkMemory memory, LineEncoding encoding, int longestLineBytes) {
    this.memory = memory;
    this.encoding = encoding;
    raw = newBuffer(Math.max(READ_BYTES, longestLineBytes));
    encoded = newBuffer(2 * READ_BYTES);
    encoder = newEncoder();
  }

  private static ByteBuffer newBuffer(int bytes) {
    return ByteBuffer.allocateDirect(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private LineEncoder newEncoder() {
    long most = encoding.encodedBytes(raw.capacity(), 1, Long.MAX_VALUE);
    return encoding.newEncoder((int) Math.min(Integer.MAX_VALUE / 2, most));
  }

  /** Reads lines from {@code first} to {@code last} at most, and encodes them. */
  Reading.Outcome read(History history, long first, long last) throws IOException {
    History.Stretch read = history.read(first, last, raw.clear().limit(READ_BYTES));
    while (read.lines() == 0 && read.first() <= first && history.oldest() <= first) {
      int room = raw.limit();
      if (room >= LONGEST_LINE_BYTES) {
        throw new IOException("line " + first + " has more than " + room + " bytes, or is missing");
      }
      makeRoom(room);
      read = history.read(first, last, raw);
    }
    long oldest = history.oldest(); // by now: what has expired meanwhile is no void
    long missingTo = read.first() - 1;
    if (read.lines() == 0) {
      missingTo = Math.clamp(read.first() <= first ? oldest - 1 : missingTo, first, last);
    }
    long before = Math.max(first, Math.min(oldest, missingTo + 1)) - 1;
    Chunk chunk =
        read.lines() == 0 && before == missingTo
            ? null
            : encode(raw.flip(), first, before, missingTo, read);
    return new Reading.Outcome(before, chunk, null);
  }

  /** For a line that is longer than there was room for. */
  private void makeRoom(int tooFewBytes) {
    if (tooFewBytes < raw.capacity()) {
      raw.clear();
    } else {
      raw = newBuffer(4 * tooFewBytes);
      encoder = newEncoder();
    }
  }

  /** No line has the numbers behind {@code lineBefore} up to {@code voidTo}. */
  private Chunk encode(
      ByteBuffer lines, long first, long lineBefore, long voidTo, History.Stretch read) {
    encoded.clear();
    parts.clear();
    putVoid(lineBefore + 1, voidTo);
    long next = voidTo + 1;
    int at = 0;
    int done = 0;
    for (History.Hole hole : read.holes()) {
      at = encode(lines, at, hole.behindLines() - done, next);
      next += hole.behindLines() - done + hole.numbers();
      done = hole.behindLines();
      putVoid(next - hole.numbers(), next - 1);
    }
    at = encode(lines, at, read.lines() - done, next);
    if (at != lines.limit()) {
      throw new IllegalStateException(
          read.lines() + " lines read from " + read.first() + " have " + lines.limit() + " bytes");
    }
    return new Chunk(first, copy(lineBefore), encoding);
  }

  /** Encodes so many lines, part by part; returns where they end. */
  private int encode(ByteBuffer lines, int from, int lineCount, long firstLine) {
    int at = from;
    for (int done = 0; done < lineCount && at < lines.limit(); ) {
      int most = Math.min(at + PART_BYTES, lines.limit()) - 1;
      int end = LineFeeds.indexOf(lines, most, lines.limit()) + 1;
      int count = LineFeeds.count(lines, at, end);
      if (count > lineCount - done) {
        count = lineCount - done;
        end = LineFeeds.endOf(lines, at, count);
      }
      ByteBuffer part = lines.slice(at, end - at).order(ByteOrder.LITTLE_ENDIAN);
      encoder.encode(
          part,
          count,
          firstLine + done,
          (run, itsLines, itsFirst) -> put(run, new Part(run.remaining(), itsLines, false)));
      done += count;
      at = end;
    }
    return at;
  }

  private void putVoid(long first, long last) {
    if (first <= last) {
      ByteBuffer words = encoding.encodedVoid(first, last);
      put(words, new Part(words.remaining(), last - first + 1, true));
    }
  }

  private void put(ByteBuffer run, Part part) {
    int bytes = part.bytes();
    if (bytes > encoded.remaining()) {
      encoded = newBuffer(2 * (encoded.position() + bytes)).put(encoded.flip());
    }
    encoded.put(encoded.position(), run, run.position(), bytes);
    encoded.position(encoded.position() + bytes);
    parts.add(part);
  }

  private Segment copy(long lineBefore) {
    Segment segment = memory.newSegment(lineBefore, encoded.position());
    int at = 0;
    for (Part part : parts) {
      ByteBuffer bytes = encoded.slice(at, part.bytes());
      if (part.isVoid()) {
        segment.appendVoid(bytes, part.numbers());
      } else {
        segment.append(bytes, (int) part.numbers());
      }
      at += part.bytes();
    }
    return segment;
  }
}
