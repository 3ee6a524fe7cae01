package io.linecast.server.access;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Some files that are looked at now and then, and who is told when one of them has changed, has
 * come or has gone. It has no thread of its own: whoever has one calls {@link #look}, or gives an
 * executor to {@link #lookEach}. Safe from any thread, one look at a time.
 *
 * <p>To be made <em>before</em> the files are read for the first time: then no change is missed. A
 * file is told from another by its times, size and key; where its time is so recent that a further
 * change might leave it the same, by its bytes as well.
 */
public final class WatchedFiles {

  /** How often files are looked at, if nothing else is said. */
  public static final Duration INTERVAL = Duration.ofSeconds(1);

  private static final Logger LOG = LoggerFactory.getLogger(WatchedFiles.class);

  /** File systems tell times in steps; the coarsest in use are of two seconds. */
  private static final Duration RECENT = Duration.ofSeconds(3);

  /** What is larger is told by its time and size alone: reading it would take too long. */
  private static final long MAX_READ_BYTES = 4 << 20;

  /**
   * What a file looked like.
   *
   * @param key where the file system has keys; another one means that the file was replaced
   * @param altered when anything of it was changed, its permissions too, where that is known
   * @param bytes a digest of its bytes if it was changed only just now
   */
  private record Stamp(
      FileTime changed,
      long size,
      @Nullable Object key,
      @Nullable Object altered,
      @Nullable String bytes) {

    static final Stamp NONE = new Stamp(FileTime.fromMillis(0), -1, null, null, null);

    boolean isSameFile(Stamp other) {
      return withBytes(null).equals(other.withBytes(null));
    }

    Stamp withBytes(@Nullable String digest) {
      return new Stamp(changed, size, key, altered, digest);
    }
  }

  private final List<Path> files;
  private final Runnable onChange;
  private final InstantSource clock;

  /** One a file, in the same order. Guarded by this. */
  private final Stamp[] stamps;

  /**
   * Looks at the files for the first time.
   *
   * @param onChange called by the look that sees a change, once whatever number of files has
   *     changed. It may see a file half written: then the next look sees another change.
   */
  public WatchedFiles(List<Path> files, Runnable onChange) {
    this(files, onChange, InstantSource.system());
  }

  WatchedFiles(List<Path> files, Runnable onChange, InstantSource clock) {
    this.files = List.copyOf(files);
    this.onChange = onChange;
    this.clock = clock;
    this.stamps = this.files.stream().map(file -> stamp(file, null)).toArray(Stamp[]::new);
  }

  /**
   * Has them looked at by an executor, until the future is cancelled. Reading may wait for a disk:
   * an event loop is the wrong executor.
   */
  public ScheduledFuture<?> lookEach(Duration interval, ScheduledExecutorService executor) {
    long nanos = interval.toNanos();
    return executor.scheduleWithFixedDelay(this::look, nanos, nanos, TimeUnit.NANOSECONDS);
  }

  /** Looks at the files, and tells if one is not as it was; whether it did. */
  public synchronized boolean look() {
    boolean changed = false;
    for (int i = 0; i < stamps.length; i++) {
      Stamp before = stamps[i];
      Stamp now = stamp(files.get(i), before);
      stamps[i] = now;
      boolean sameBytes = before.bytes == null || before.bytes.equals(now.bytes);
      changed |= !before.isSameFile(now) || !sameBytes;
    }
    if (changed) {
      tell();
    }
    return changed;
  }

  /** A fault of who is told must not be the end of all looking. */
  private void tell() {
    try {
      onChange.run();
    } catch (RuntimeException e) {
      LOG.error("{} changed, and that could not be dealt with", files, e);
    }
  }

  /** Its bytes are read while its time is recent, and once more after that. */
  private Stamp stamp(Path file, @Nullable Stamp before) {
    try {
      BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
      Stamp stamp =
          new Stamp(
              found.lastModifiedTime(), found.size(), found.fileKey(), alteredTime(file), null);
      boolean unsure = before != null && before.bytes != null && before.isSameFile(stamp);
      boolean recent = isRecent(found.lastModifiedTime().toInstant());
      return found.size() <= MAX_READ_BYTES && (unsure || recent)
          ? stamp.withBytes(digest(file))
          : stamp;
    } catch (IOException | SecurityException e) {
      return Stamp.NONE;
    }
  }

  private static @Nullable Object alteredTime(Path file) throws IOException {
    boolean isKnown = file.getFileSystem().supportedFileAttributeViews().contains("unix");
    return isKnown ? Files.getAttribute(file, "unix:ctime") : null;
  }

  /** A time to come is as good as a recent one: clocks differ. */
  private boolean isRecent(Instant changed) {
    return changed.isAfter(clock.instant().minus(RECENT));
  }

  private static String digest(Path file) throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(Files.readAllBytes(file)));
    } catch (NoSuchAlgorithmException e) {
      throw new LinkageError("every Java has SHA-256", e);
    }
  }
}
