package io.linecast.core;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A channel's chunks in one encoding. Guarded by its archive's lock, but for what is read: that is
 * done by readers, several at once.
 *
 * <p>A chunk goes up to a line whose number is a multiple of {@value #LINES} at most, or as far as
 * about {@value ChunkWriter#READ_BYTES} bytes reach. So clients that begin at different lines soon
 * ask for the same chunks: whoever comes into a chunk that is there, or is being read, goes on with
 * the one behind it.
 */
final class Shelf {

  static final int LINES = 4096;

  private static final System.Logger LOG = System.getLogger(Shelf.class.getName());

  private final Archive archive;
  private final LineChannel channel;
  private final LineEncoding encoding;
  private final TreeMap<Long, Chunk> chunks = new TreeMap<>();
  private final TreeMap<Long, Reading> readings = new TreeMap<>();

  /** Those that nobody uses now. Guarded by itself. */
  private final ArrayDeque<ChunkWriter> writers = new ArrayDeque<>();

  Shelf(Archive archive, LineChannel channel, LineEncoding encoding) {
    this.archive = archive;
    this.channel = channel;
    this.encoding = encoding;
  }

  Archive archive() {
    return archive;
  }

  LineChannel channel() {
    return channel;
  }

  /** The chunk that is there of a line. */
  @Nullable Chunk chunkOf(long line) {
    Map.Entry<Long, Chunk> entry = chunks.floorEntry(line);
    return entry == null || !entry.getValue().covers(line) ? null : entry.getValue();
  }

  void add(Chunk chunk) {
    chunks.put(chunk.first(), chunk);
  }

  void remove(Chunk chunk) {
    chunks.remove(chunk.first());
  }

  /** The reading that may bring a line; null if none will. */
  @Nullable Reading readingOf(long line) {
    Map.Entry<Long, Reading> entry = readings.floorEntry(line);
    return entry == null || entry.getValue().last() < line ? null : entry.getValue();
  }

  Reading newReading(long line, long last) {
    long end = (line - 1) / LINES * LINES + LINES;
    Reading reading = new Reading(this, line, Math.min(last, end));
    readings.put(line, reading);
    return reading;
  }

  void remove(Reading reading) {
    readings.remove(reading.first());
  }

  /**
   * Reads lines and encodes them. By a reader.
   *
   * @throws IOException if they cannot be read now
   */
  Reading.Outcome read(long first, long last) throws IOException {
    ChunkWriter writer = takeWriter();
    try {
      return writer.read(channel.journal().history(), first, last);
    } finally {
      synchronized (writers) {
        writers.push(writer);
      }
    }
  }

  private ChunkWriter takeWriter() {
    synchronized (writers) {
      return writers.isEmpty()
          ? new ChunkWriter(archive.memory(), encoding, channel.feed().largestRunBytes())
          : writers.pop();
    }
  }

  /** Says so, unless the journal knows and says so itself; not again while it is tried. */
  void onFailure(Throwable cause, int failures) {
    boolean known = !channel.journal().isWorking();
    if (!known && failures == 1) {
      LOG.log(Level.WARNING, channel.name() + ": the journal cannot be read now: " + cause);
    } else if (!known && failures == Reading.ATTEMPTS) {
      LOG.log(Level.ERROR, channel.name() + ": the journal cannot be read: " + cause);
    }
  }
}
