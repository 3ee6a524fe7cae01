package io.linecast.core;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What a server's journals keep, for whoever is too far behind for a feed: read by a few threads,
 * in chunks, each encoded once and shared by all who come by as long as there is room for it.
 *
 * <p>Safe from any thread; its lock is held for moments only. Chunks that somebody holds count for
 * the room too, and nothing more is read while there is none: whoever waits for one that was read
 * has it, so everybody gets on.
 */
public final class Archive implements AutoCloseable {

  /** How many chunks are read at once, if nothing else is said. */
  public static final int DEFAULT_READERS = 4;

  /** What chunks may have together, if nothing else is said. */
  public static final long DEFAULT_BYTES = 64L << 20;

  private final Readers readers;
  private final int most;
  private final long mostBytes;
  private final ChunkMemory memory;
  private final ReentrantLock lock = new ReentrantLock();

  /** Chunks that nobody need hold, and whose they are; the one not used for longest comes first. */
  private final Map<Chunk, Shelf> kept = new LinkedHashMap<>(16, 0.75f, true);

  private final ArrayDeque<Reading> due = new ArrayDeque<>();
  private int underWay;

  /**
   * Nothing has been read.
   *
   * @param atOnce how many chunks are read at the same time
   * @param mostBytes what chunks may have together, those under way beside
   */
  public Archive(Readers readers, int atOnce, long mostBytes) {
    this.readers = readers;
    this.most = atOnce;
    this.mostBytes = mostBytes;
    this.memory = new ChunkMemory(mostBytes, this::onGivenBack);
  }

  /** With threads of its own. */
  public static Archive withThreads(int count, long mostBytes) {
    return new Archive(new ReaderThreads(count), count, mostBytes);
  }

  /** Memory that chunks take, those included that nobody needs but that may be asked for. */
  public long takenBytes() {
    return memory.takenBytes();
  }

  Readers readers() {
    return readers;
  }

  ChunkMemory memory() {
    return memory;
  }

  /**
   * The chunk that says what became of a line, with a reference for the caller to release; or null:
   * then it is read, and the asker is told.
   *
   * @param last up to where may be read
   */
  @Nullable Chunk ask(Shelf shelf, long line, long last, Reading.Asker asker) {
    lock.lock();
    try {
      Chunk there = find(shelf, line);
      if (there != null) {
        return there;
      }
      readingOf(shelf, line, last).add(asker);
    } finally {
      lock.unlock();
    }
    readMore();
    return null;
  }

  /** Somebody will ask for a line soon: it is read if there is little else to do. */
  void readAhead(Shelf shelf, long line, long last) {
    lock.lock();
    try {
      boolean busy = !due.isEmpty() || underWay >= most;
      if (busy || shelf.chunkOf(line) != null) {
        return;
      }
      readingOf(shelf, line, last);
    } finally {
      lock.unlock();
    }
    readMore();
  }

  private @Nullable Chunk find(Shelf shelf, long line) {
    Chunk chunk = shelf.chunkOf(line);
    if (chunk == null || kept.get(chunk) == null || !chunk.retain()) {
      return null;
    }
    return chunk;
  }

  private Reading readingOf(Shelf shelf, long line, long last) {
    Reading reading = shelf.readingOf(line);
    if (reading == null) {
      reading = shelf.newReading(line, last);
      due.add(reading);
    }
    return reading;
  }

  /** Memory has been given back, by whoever let go of a chunk last. */
  private void onGivenBack() {
    if (!lock.isHeldByCurrentThread()) {
      readMore();
    }
  }

  private void readMore() {
    for (Reading next = nextDue(); next != null; next = nextDue()) {
      readers.execute(next);
    }
  }

  private @Nullable Reading nextDue() {
    lock.lock();
    try {
      if (due.isEmpty() || underWay >= most) {
        return null;
      }
      makeRoom();
      if (memory.takenBytes() >= mostBytes) {
        return null; // goes on when somebody lets go of a chunk
      }
      underWay++;
      return due.remove();
    } finally {
      lock.unlock();
    }
  }

  private void makeRoom() {
    Iterator<Map.Entry<Chunk, Shelf>> longest = kept.entrySet().iterator();
    while (memory.takenBytes() >= mostBytes && longest.hasNext()) {
      Map.Entry<Chunk, Shelf> each = longest.next();
      longest.remove();
      each.getValue().remove(each.getKey());
      each.getKey().release();
    }
  }

  /** It could not be read now, and is tried again. On a reader's thread. */
  void readLater(Reading reading, long millis) {
    lock.lock();
    try {
      underWay--;
    } finally {
      lock.unlock();
    }
    readers.executeLater(() -> readAgain(reading), millis);
    readMore();
  }

  private void readAgain(Reading reading) {
    lock.lock();
    try {
      due.addFirst(reading);
    } finally {
      lock.unlock();
    }
    readMore();
  }

  /** It has been read, or never will be. On a reader's thread. */
  void onRead(Reading reading, Reading.Outcome outcome) {
    lock.lock();
    try {
      underWay--;
      Shelf shelf = reading.shelf();
      shelf.remove(reading);
      Chunk chunk = outcome.chunk();
      if (chunk != null) {
        reading.askers().forEach(asker -> chunk.retain());
        shelf.add(chunk);
        kept.put(chunk, shelf);
      }
    } finally {
      lock.unlock();
    }
    // Nobody is added any more.
    reading.askers().forEach(asker -> asker.onRead(outcome));
    readMore();
  }

  @Override
  public void close() {
    readers.close();
  }
}
