package io.linecast.server.access;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchedFilesTest {

  @TempDir Path folder;

  private final AtomicInteger changes = new AtomicInteger();
  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
  private Path one;
  private Path other;

  @BeforeEach
  void writeFiles() throws IOException {
    one = Files.writeString(folder.resolve("one"), "first");
    other = Files.writeString(folder.resolve("other"), "second");
  }

  private WatchedFiles watched() {
    return new WatchedFiles(List.of(one, other), changes::incrementAndGet, now::get);
  }

  @Test
  void shouldSayNothingWhileNothingChanges() {
    WatchedFiles files = watched();
    assertThat(files.look()).isFalse();
    now.updateAndGet(time -> time.plusSeconds(60));
    assertThat(files.look()).isFalse();
    assertThat(files.look()).isFalse();
    assertThat(changes).hasValue(0);
  }

  @Test
  void shouldTellOnceOfEachChange() throws IOException {
    WatchedFiles files = watched();
    Files.writeString(other, "a longer one");
    assertThat(files.look()).isTrue();
    assertThat(files.look()).isFalse();
    assertThat(changes).hasValue(1);
  }

  @Test
  void shouldTellOnceOfFilesThatChangeTogether() throws IOException {
    WatchedFiles files = watched();
    Files.writeString(one, "changed too");
    Files.writeString(other, "changed as well");
    files.look();
    assertThat(changes).hasValue(1);
  }

  @Test
  void shouldSeeAFileGoAndComeBack() throws IOException {
    WatchedFiles files = watched();
    Files.delete(one);
    assertThat(files.look()).isTrue();
    assertThat(files.look()).isFalse();
    Files.writeString(one, "first");
    assertThat(files.look()).isTrue();
  }

  @Test
  void shouldSeeAFileReplacedByOneOfTheSameTimeAndSize() throws IOException {
    FileTime longAgo = FileTime.from(now.get().minus(Duration.ofDays(1)));
    Files.setLastModifiedTime(one, longAgo);
    WatchedFiles files = watched();
    Path next = Files.writeString(folder.resolve("next"), "FIRST");
    Files.setLastModifiedTime(next, longAgo);
    Files.move(next, one, StandardCopyOption.ATOMIC_MOVE);
    assertThat(files.look()).isTrue();
  }

  /** A write within the same step of the file system's clock leaves its time as it was. */
  @Test
  void shouldSeeOtherBytesAtTheSameRecentTime() throws IOException {
    FileTime time = Files.getLastModifiedTime(one);
    WatchedFiles files = watched();
    Files.writeString(one, "FIRST");
    Files.setLastModifiedTime(one, time);
    now.updateAndGet(before -> before.plusSeconds(60));
    assertThat(files.look()).isTrue();
    assertThat(files.look()).isFalse();
  }

  @Test
  void shouldFollowALinkThatPointsElsewhere() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("link"), one);
    WatchedFiles files = new WatchedFiles(List.of(link), changes::incrementAndGet, now::get);
    Path next = Files.createSymbolicLink(folder.resolve("next"), other);
    Files.move(next, link, StandardCopyOption.ATOMIC_MOVE);
    assertThat(files.look()).isTrue();
  }

  @Test
  void shouldGoOnLookingAfterAFaultOfWhoWasTold() throws IOException {
    WatchedFiles files =
        new WatchedFiles(
            List.of(one),
            () -> {
              changes.incrementAndGet();
              throw new IllegalStateException("a fault");
            },
            now::get);
    Files.writeString(one, "a change");
    assertThat(files.look()).isTrue();
    Files.writeString(one, "another change");
    assertThat(files.look()).isTrue();
    assertThat(changes).hasValue(2);
  }

  @Test
  void shouldBeLookedAtByAnExecutorUntilCancelled() throws IOException {
    try (ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor()) {
      ScheduledFuture<?> looking = watched().lookEach(Duration.ofMillis(5), executor);
      Files.writeString(one, "a change");
      await().atMost(10, SECONDS).until(() -> changes.get() >= 1);
      looking.cancel(false);
      assertThat(looking.isCancelled()).isTrue();
    }
  }
}
