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

  private record Part(int bytes, int lines) {}

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
    if (read.lines() == 0) {
      long missingTo = read.first() <= first ? history.oldest() - 1 : read.first() - 1;
      return new Reading.Outcome(Math.clamp(missingTo, first, last), null, null);
    }
    Chunk chunk = encode(raw.flip(), first, read);
    return new Reading.Outcome(read.first() - 1, chunk, null);
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

  private Chunk encode(ByteBuffer lines, long first, History.Stretch read) {
    encoded.clear();
    parts.clear();
    long next = read.first();
    for (int at = 0; at < lines.limit(); ) {
      int most = Math.min(at + PART_BYTES, lines.limit()) - 1;
      int end = LineFeeds.indexOf(lines, most, lines.limit()) + 1;
      ByteBuffer part = lines.slice(at, end - at).order(ByteOrder.LITTLE_ENDIAN);
      int count = LineFeeds.count(lines, at, end);
      encoder.encode(part, count, next, (run, itsLines, itsFirst) -> put(run, itsLines));
      next += count;
      at = end;
    }
    if (next != read.first() + read.lines()) {
      throw new IllegalStateException(
          (next - read.first()) + " lines read from " + read.first() + ", not " + read.lines());
    }
    return new Chunk(first, copy(read.first() - 1), encoding);
  }

  private void put(ByteBuffer run, int lines) {
    int bytes = run.remaining();
    if (bytes > encoded.remaining()) {
      encoded = newBuffer(2 * (encoded.position() + bytes)).put(encoded.flip());
    }
    encoded.put(encoded.position(), run, run.position(), bytes);
    encoded.position(encoded.position() + bytes);
    parts.add(new Part(bytes, lines));
  }

  private Segment copy(long lineBefore) {
    Segment segment = memory.newSegment(lineBefore, encoded.position());
    int at = 0;
    for (Part part : parts) {
      segment.append(encoded.slice(at, part.bytes()), part.lines());
      at += part.bytes();
    }
    return segment;
  }
}
