package io.linecast.acceptance.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.linecast.acceptance.Program;
import io.linecast.acceptance.SearchPath;
import io.linecast.acceptance.ServerLauncher;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Objects;

/**
 * A disk whose calls fail when they are told to: a library between a server and the system, which
 * is steered by a file that both map ({@code faulty-disk.c} says how).
 */
final class FaultyDisk {

  private static final Duration COMPILE_LIMIT = Duration.ofSeconds(60);
  private static final int CONTROL_BYTES = 24;

  private static final int LEFT = 0;
  private static final int SKIP = 4;
  private static final int CALLS = 8;
  private static final int ERROR = 12;
  private static final int MOMENT = 16;
  private static final int FAILED = 20;

  private static final int WRITE = 1;
  private static final int SYNC = 2;
  private static final int TRUNCATE = 4;

  private static final int EIO = 5;
  private static final int ENOSPC = 28;

  private static final int ONCE = 1;
  private static final int UNTIL_MENDED = -1;

  /** What can be the matter with it. */
  enum Fault {
    WRITES_FAIL(WRITE, EIO, Moment.BEFORE, UNTIL_MENDED),
    SYNC_FAILS_ONCE_DONE(SYNC, EIO, Moment.AFTER, ONCE),
    NO_SPACE(WRITE, ENOSPC, Moment.BEFORE, UNTIL_MENDED),
    WRITE_FAILS_HALFWAY(WRITE, EIO, Moment.HALFWAY, ONCE),
    SYNCS_FAIL(SYNC, EIO, Moment.BEFORE, UNTIL_MENDED),
    WRITE_FAILS_ONCE_DONE(WRITE, EIO, Moment.AFTER, ONCE),
    SYNCS_FAIL_ONCE_DONE(SYNC, EIO, Moment.AFTER, UNTIL_MENDED),
    EVERYTHING_FAILS(WRITE | SYNC | TRUNCATE, EIO, Moment.BEFORE, UNTIL_MENDED);

    private final int calls;
    private final int error;
    private final Moment moment;
    private final int times;

    Fault(int calls, int error, Moment moment, int times) {
      this.calls = calls;
      this.error = error;
      this.moment = moment;
      this.times = times;
    }

    /** Whether it stays until it is mended; else one call fails. */
    boolean isLasting() {
      return times == UNTIL_MENDED;
    }
  }

  /** When a call fails: at once, when all is done, or when half of it is. */
  private enum Moment {
    BEFORE(0),
    AFTER(1),
    HALFWAY(2);

    private final int code;

    Moment(int code) {
      this.code = code;
    }
  }

  private final Path library;
  private final Path control;
  private final Path files;
  private final MappedByteBuffer controls;

  private FaultyDisk(Path library, Path control, Path files) {
    this.library = library;
    this.control = control;
    this.files = files;
    try (FileChannel channel =
        FileChannel.open(
            control,
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE)) {
      controls = channel.map(FileChannel.MapMode.READ_WRITE, 0, CONTROL_BYTES);
      controls.order(ByteOrder.nativeOrder());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * One that works. Skips the test where it cannot be made.
   *
   * @param files the beginning of its files' paths
   */
  static FaultyDisk assumeMade(Path folder, Path files) {
    Path library = folder.resolve("faulty-disk.so");
    Path gcc = SearchPath.assumeThereIs("gcc");
    String script = "exec \"$1\" -Wall -Wextra -Werror -O2 -shared -fPIC -o \"$2\" \"$3\"";
    try (Program compile = Program.shell(script, gcc, library, source())) {
      assertThat(compile.exitCode(COMPILE_LIMIT)).as("%s", compile.output()).isZero();
    }
    return new FaultyDisk(library, folder.resolve("faulty-disk.control"), files);
  }

  private static Path source() {
    String name = "/faulty-disk/faulty-disk.c";
    try {
      return Path.of(Objects.requireNonNull(FaultyDisk.class.getResource(name)).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Has a server use it. */
  ServerLauncher under(ServerLauncher launcher) {
    return launcher
        .environment("LD_PRELOAD", library.toString())
        .environment("FAULTY_DISK_CONTROL", control.toString())
        .environment("FAULTY_DISK_FILES", files.toString());
  }

  /** Fails from now on, once so many calls of that kind have passed. */
  void fail(Fault fault, int passing) {
    controls.putInt(SKIP, passing);
    controls.putInt(CALLS, fault.calls);
    controls.putInt(ERROR, fault.error);
    controls.putInt(MOMENT, fault.moment.code);
    controls.putInt(FAILED, 0);
    controls.putInt(LEFT, fault.times);
  }

  /** Works again. */
  void mend() {
    controls.putInt(LEFT, 0);
  }

  /** How many calls have failed since it was last told to. */
  int failed() {
    return controls.getInt(FAILED);
  }
}
