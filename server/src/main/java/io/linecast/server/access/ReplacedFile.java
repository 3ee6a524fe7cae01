package io.linecast.server.access;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A file that is replaced as a whole, by one process at a time: a lock file beside it is held, and
 * stays there, because to remove it would let two have it at once. For one thread.
 */
final class ReplacedFile implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final long RETRY_MILLIS = 20;

  private final Path path;
  private final FileChannel lockFile;

  private ReplacedFile(Path path, FileChannel lockFile) {
    this.path = path;
    this.lockFile = lockFile;
  }

  /** Waits until nobody else edits it. A link is followed: it stays one. */
  static ReplacedFile locked(Path path) throws IOException {
    Path file = Files.exists(path) ? path.toRealPath() : path.toAbsolutePath();
    Path lock = file.resolveSibling(file.getFileName() + ".lock");
    FileChannel channel =
        FileChannel.open(
            lock, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE), ownerOnly(file));
    try {
      hold(channel, lock);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
    return new ReplacedFile(file, channel);
  }

  private static void hold(FileChannel channel, Path lock) throws IOException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (tryHold(channel) == null) {
      if (System.nanoTime() - deadline > 0) {
        throw new FileSystemException(lock.toString(), null, "somebody else has it locked");
      }
      try {
        TimeUnit.MILLISECONDS.sleep(RETRY_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new FileSystemException(lock.toString(), null, "interrupted");
      }
    }
  }

  /** Null if somebody else has it, of this process or of another. */
  private static @Nullable FileLock tryHold(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  /**
   * Replaces it. A new file is its owner's alone; one that there was keeps its owner, group and
   * permissions, because the server that reads it may be another user.
   */
  void replace(byte[] content) throws IOException {
    Path folder = path.toAbsolutePath().getParent();
    String name = "." + path.getFileName() + ".";
    Path next = Files.createTempFile(folder, name, ".new", ownerOnly(path));
    try {
      try (FileChannel out = FileChannel.open(next, StandardOpenOption.WRITE)) {
        for (ByteBuffer rest = ByteBuffer.wrap(content); rest.hasRemaining(); ) {
          out.write(rest);
        }
        out.force(true);
      }
      if (Files.exists(path)) {
        takeAfter(path, next);
      }
      Files.move(next, path, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(next);
    }
  }

  private static void takeAfter(Path before, Path next) throws IOException {
    if (!isPosix(before)) {
      return;
    }
    PosixFileAttributes old = Files.readAttributes(before, PosixFileAttributes.class);
    PosixFileAttributeView view = Files.getFileAttributeView(next, PosixFileAttributeView.class);
    PosixFileAttributes made = view.readAttributes();
    if (!made.owner().equals(old.owner())) {
      view.setOwner(old.owner());
    }
    if (!made.group().equals(old.group())) {
      view.setGroup(old.group());
    }
    view.setPermissions(old.permissions());
  }

  private static FileAttribute<?>[] ownerOnly(Path file) {
    return isPosix(file)
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }

  private static boolean isPosix(Path file) {
    return file.getFileSystem().supportedFileAttributeViews().contains("posix");
  }

  /** Lets the next one have it. */
  @Override
  public void close() throws IOException {
    lockFile.close();
  }
}
