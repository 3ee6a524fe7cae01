package io.linecast.sqlite;

import io.linecast.core.JournalException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * That one program at a time writes to a journal: a lock on a file beside it, which ends with the
 * process. Others may read the journal meanwhile.
 */
final class OwnerLock implements AutoCloseable {

  private final FileChannel file;

  private OwnerLock(FileChannel file) {
    this.file = file;
  }

  /**
   * Takes it.
   *
   * @throws JournalException if somebody has it, or the file beside cannot be made
   */
  static OwnerLock take(Path journal) {
    Path beside = beside(journal);
    FileChannel file = null;
    try {
      file = FileChannel.open(beside, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (tryLock(file) == null) {
        file.close();
        throw new JournalException(
            false,
            "the journal " + journal + " is another server's; stop that one or take another file");
      }
      return new OwnerLock(file);
    } catch (IOException e) {
      throw new JournalException(
          false, "the journal " + journal + ": cannot lock " + beside + ": " + e.getMessage(), e);
    }
  }

  private static @Nullable FileLock tryLock(FileChannel file) throws IOException {
    try {
      return file.tryLock();
    } catch (OverlappingFileLockException e) {
      return null; // this process has it
    }
  }

  static Path beside(Path journal) {
    return journal.resolveSibling(journal.getFileName() + ".lock");
  }

  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException e) {
      throw new JournalException(false, "cannot unlock the journal: " + e.getMessage(), e);
    }
  }
}
