package io.linecast.core;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * A feed's memory as one sparse file without a name (memfd_create(2)), so that a range of it can go
 * to a socket by sendfile(2). Positions are never used twice: a page that sendfile has handed to a
 * socket is still that socket's, and what is given back is punched out of the file (fallocate(2)).
 *
 * <p>One file a feed, not one a segment: a server that has run out of descriptors can go on
 * appending. A memfd is not limited by the size of /dev/shm, where a full one would end the process
 * with SIGBUS.
 */
final class AnonymousFile implements FeedMemory {

  private static final int MFD_CLOEXEC = 1;
  private static final int FALLOC_FL_KEEP_SIZE = 1;
  private static final int FALLOC_FL_PUNCH_HOLE = 2;

  private final int descriptor;
  private final FileChannel file;

  private AnonymousFile(int descriptor, FileChannel file) {
    this.descriptor = descriptor;
    this.file = file;
  }

  /** An anonymous file, or null where the system has none to give. */
  static @Nullable AnonymousFile openIfSupported(String name) {
    if (!System.getProperty("os.name").equals("Linux")) {
      return null;
    }
    int descriptor;
    try (Arena arena = Arena.ofConfined()) {
      descriptor =
          (int) Calls.MEMFD_CREATE.invokeExact(arena.allocateFrom("linecast-" + name), MFD_CLOEXEC);
    } catch (Throwable impossible) {
      throw new LinkageError("memfd_create", impossible);
    }
    if (descriptor < 0) {
      return null;
    }
    try {
      Path path = Path.of("/proc/self/fd/" + descriptor);
      return new AnonymousFile(
          descriptor, FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE));
    } catch (IOException procIsNotMounted) {
      closeDescriptor(descriptor);
      return null;
    }
  }

  @Override
  public MemorySegment map(Arena arena, long position, int bytes) {
    try {
      return file.map(FileChannel.MapMode.READ_WRITE, position, bytes, arena);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot map " + bytes + " more bytes of feed memory", e);
    }
  }

  @Override
  public synchronized void giveBack(Arena arena, long position, int bytes) {
    arena.close();
    if (!file.isOpen()) {
      // The number may be another file's by now.
      return;
    }
    try {
      int mode = FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE;
      int result = (int) Calls.FALLOCATE.invokeExact(descriptor, mode, position, (long) bytes);
      if (result != 0) {
        throw new IllegalStateException("cannot give back feed memory at " + position);
      }
    } catch (RuntimeException e) {
      throw e;
    } catch (Throwable impossible) {
      throw new LinkageError("fallocate", impossible);
    }
  }

  @Override
  public int fileDescriptor() {
    return descriptor;
  }

  @Override
  public synchronized void close() {
    try {
      file.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      closeDescriptor(descriptor);
    }
  }

  private static void closeDescriptor(int descriptor) {
    try {
      int ignored = (int) Calls.CLOSE.invokeExact(descriptor);
    } catch (Throwable impossible) {
      throw new LinkageError("close", impossible);
    }
  }

  /** The system calls, bound when first needed, so that other systems never look for them. */
  private static final class Calls {

    static final MethodHandle MEMFD_CREATE =
        bind(
            "memfd_create",
            FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT));
    static final MethodHandle FALLOCATE =
        bind(
            "fallocate64",
            FunctionDescriptor.of(
                ValueLayout.JAVA_INT,
                ValueLayout.JAVA_INT,
                ValueLayout.JAVA_INT,
                ValueLayout.JAVA_LONG,
                ValueLayout.JAVA_LONG));
    static final MethodHandle CLOSE =
        bind("close", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));

    @SuppressWarnings("restricted")
    private static MethodHandle bind(String name, FunctionDescriptor type) {
      Linker linker = Linker.nativeLinker();
      SymbolLookup libc = linker.defaultLookup();
      return linker.downcallHandle(libc.findOrThrow(name), type);
    }
  }
}
