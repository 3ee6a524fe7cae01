package io.linecast.acceptance.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.linecast.acceptance.Program;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** A disk of its own, in memory, which can be filled up and have room again. */
final class SmallDisk implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final String AS_ROOT = "((EUID == 0)) || sudo='sudo -n'; exec $sudo ";

  private final Path folder;
  private final Path ballast;
  private final Thread ifKilled = new Thread(this::unmount);

  private SmallDisk(Path folder) {
    this.folder = folder;
    this.ballast = folder.resolve("ballast");
    Runtime.getRuntime().addShutdownHook(ifKilled);
  }

  /** One of so many MiB, on a folder that is there. Skips the test where that is not allowed. */
  static SmallDisk assumeMounted(Path folder, int mebibytes) {
    String script = AS_ROOT + "mount -t tmpfs -o size=$1m,uid=$EUID linecast-test \"$2\"";
    try (Program mount = Program.shell(script, mebibytes, folder)) {
      boolean isMounted = mount.exitCode(PATIENCE) == 0;
      assumeTrue(isMounted, () -> "a small disk cannot be mounted: " + mount.output().strip());
    }
    return new SmallDisk(folder);
  }

  /** Where a file of that name is on it. */
  Path file(String name) {
    return folder.resolve(name);
  }

  /** Leaves so many MiB of room. */
  void fill(int leavingMebibytes) {
    byte[] mebibyte = new byte[1 << 20];
    try (OutputStream output = Files.newOutputStream(ballast)) {
      FileStore store = Files.getFileStore(folder);
      long count = store.getUsableSpace() / mebibyte.length - leavingMebibytes;
      for (long i = 0; i < count; i++) {
        output.write(mebibyte);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Takes away what it was filled with. */
  void makeRoom() {
    try {
      Files.delete(ballast);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** No program may use it any more. */
  @Override
  public void close() {
    Runtime.getRuntime().removeShutdownHook(ifKilled);
    unmount();
  }

  private void unmount() {
    try (Program unmount = Program.shell(AS_ROOT + "umount \"$1\"", folder)) {
      assertThat(unmount.exitCode(PATIENCE)).as("%s", unmount.output()).isZero();
    }
  }
}
