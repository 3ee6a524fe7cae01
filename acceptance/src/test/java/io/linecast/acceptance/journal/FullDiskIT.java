package io.linecast.acceptance.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.linecast.acceptance.BlackBox;
import io.linecast.acceptance.Program;
import io.linecast.acceptance.ServerUnderTest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The disk that a journal is on becomes full under load, and has room again later.
 *
 * <p>{@code -Dlinecast.kills=200} has each happen 20 times.
 */
@BlackBox
@Timeout(value = 2, unit = TimeUnit.HOURS)
class FullDiskIT {

  private static final int TIMES = JournalLoad.times(10) / 10;
  private static final int DISK_MEBIBYTES = 96;
  private static final int ROOM_MEBIBYTES = 4;
  private static final int HASTY_LINES = 20_000;
  private static final Duration BETWEEN_WINDOWS = Duration.ofMillis(20);
  private static final Duration STUCK = Duration.ofMillis(500);
  private static final int JOURNAL = 18;

  @TempDir Path folder;

  @Test
  void shouldRefuseLinesWhileTheDiskIsFullAndGoOnByItself() throws IOException {
    for (int i = 0; i < TIMES; i++) {
      try (SmallDisk disk = SmallDisk.assumeMounted(folder, DISK_MEBIBYTES)) {
        disk.fill(ROOM_MEBIBYTES);
        JournalLoad load = new JournalLoad(disk.file("lines.db"));
        System.out.println("a journal's disk becomes full, seed " + load.seed());
        try (ServerUnderTest server = load.launcher().start()) {
          System.out.println(becomeFullAndEmpty(disk, server, load));
          assertThat(server.stop()).isZero();
        }
        JournalFile.requireSound(disk.file("lines.db"));
      }
    }
  }

  private static String becomeFullAndEmpty(SmallDisk disk, ServerUnderTest server, JournalLoad load)
      throws IOException {
    load.begin(BETWEEN_WINDOWS);
    PlainSender hasty =
        PlainSender.hasty("hasty", load.address(), load.ledger(), load.seed(), HASTY_LINES);
    load.send(hasty);
    load.awaitRefused();
    load.awaitUntil("a POST refused", () -> load.poster().refused() > 0);
    awaitStuck(hasty, load);
    assertThat(load.get("/health/ready").statusCode()).isEqualTo(503);
    assertThat(load.get("/health/ready").body()).contains("\"code\":\"journal\"");
    assertThat(load.get("/health/live").statusCode()).isEqualTo(200);
    assertThat(load.get("/api/status").body())
        .contains("\"working\":false", "the disk is full", "\"failures\":1");
    assertThat(load.keptLines()).as("what can be heard meanwhile").isNotEmpty();

    disk.makeRoom();
    load.awaitUntil("it to go on", () -> load.get("/health/ready").statusCode() == 200);
    load.awaitUntil("all of the hasty one's lines", hasty::isDone);
    String outcome = load.endAndCompare();
    assertThat(load.listenersLetIn()).as("connections of two listeners").isEqualTo(2);
    assertThat(server.output()).contains("the disk is full", "lines are kept again");
    return outcome;
  }

  /** It is read no further: its socket takes no more. */
  private static void awaitStuck(PlainSender sender, JournalLoad load) {
    load.awaitUntil(
        "a plain sender to be stuck",
        () -> {
          long before = sender.sent();
          load.pass(STUCK);
          return sender.sent() == before;
        });
    assertThat(sender.isDone()).as("a plain sender had enough to send").isFalse();
  }

  @Test
  void shouldStopInAnOrderlyWayWhileTheDiskIsFull() throws IOException {
    for (int i = 0; i < TIMES; i++) {
      try (SmallDisk disk = SmallDisk.assumeMounted(folder, DISK_MEBIBYTES)) {
        disk.fill(ROOM_MEBIBYTES);
        JournalLoad load = new JournalLoad(disk.file("lines.db"));
        System.out.println("a server is stopped while the disk is full, seed " + load.seed());
        stopWhileFull(load);
        startWhileFull(load);
        disk.makeRoom();
        try (ServerUnderTest server = load.launcher().start()) {
          System.out.println(load.endAndCompare());
          assertThat(server.stop()).isZero();
        }
        JournalFile.requireSound(disk.file("lines.db"));
      }
    }
  }

  private static void stopWhileFull(JournalLoad load) throws IOException {
    try (ServerUnderTest server = load.launcher().with("--drain", "2").start()) {
      load.begin(BETWEEN_WINDOWS);
      load.awaitRefused();
      try (Wire wire = new Wire(load.address(), "listen=no")) {
        wire.say("SEND 1 refused\nQUIT\n");
        assertThat(wire.hear()).startsWith("FAIL 1 journal");
        assertThat(wire.hear()).startsWith("BYE quit");
      }
      assertThat(server.stop()).as("exit code").isZero();
    }
  }

  private static void startWhileFull(JournalLoad load) {
    try (Program program = load.launcher().program()) {
      load.awaitUntil("it to start or not", () -> !program.isRunning() || load.isListening());
      if (!program.isRunning()) {
        assertThat(program.exitCode(JournalLoad.PATIENCE)).isEqualTo(JOURNAL);
        assertThat(program.output()).contains("the disk is full").doesNotContain("\tat ");
      }
    }
  }
}
