package io.linecast.core;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Arenas are closed by the memory they are handed to: that is what is tested. */
@SuppressWarnings("MustBeClosedChecker")
class FeedMemoryTest {

  private static final int RANGE_BYTES = 64 * 1024;
  private static final int SEEK_DATA = 3;
  private static final long NO_DATA = -1;

  static Stream<Arguments> memories() {
    return Stream.of(
        argumentSet("best there is", FeedMemory.open("test")),
        argumentSet("direct", new DirectMemory()));
  }

  @ParameterizedTest
  @MethodSource("memories")
  void shouldHoldWhatIsWritten(FeedMemory memory) {
    Arena arena = Arena.ofShared();
    MemorySegment range = memory.map(arena, 0, RANGE_BYTES);
    range.fill((byte) 7);

    assertThat(range.byteSize()).isEqualTo(RANGE_BYTES);
    assertThat(range.get(JAVA_BYTE, 0)).isEqualTo((byte) 7);
    assertThat(range.get(JAVA_BYTE, RANGE_BYTES - 1)).isEqualTo((byte) 7);
    memory.giveBack(arena, 0, RANGE_BYTES);
    memory.close();
  }

  @ParameterizedTest
  @MethodSource("memories")
  void shouldLeaveTheNeighboursAloneWhenARangeIsGivenBack(FeedMemory memory) {
    Arena[] arenas = {Arena.ofShared(), Arena.ofShared(), Arena.ofShared()};
    MemorySegment[] ranges = new MemorySegment[3];
    for (int i = 0; i < 3; i++) {
      ranges[i] = memory.map(arenas[i], (long) i * RANGE_BYTES, RANGE_BYTES);
      ranges[i].fill((byte) (i + 1));
    }

    memory.giveBack(arenas[1], RANGE_BYTES, RANGE_BYTES);

    assertThat(ranges[0].get(JAVA_BYTE, RANGE_BYTES - 1)).isEqualTo((byte) 1);
    assertThat(ranges[2].get(JAVA_BYTE, 0)).isEqualTo((byte) 3);
    memory.giveBack(arenas[0], 0, RANGE_BYTES);
    memory.giveBack(arenas[2], 2 * RANGE_BYTES, RANGE_BYTES);
    memory.close();
  }

  @ParameterizedTest
  @MethodSource("memories")
  void shouldLetNobodyReadWhatIsGivenBack(FeedMemory memory) {
    Arena arena = Arena.ofShared();
    MemorySegment range = memory.map(arena, 0, RANGE_BYTES);

    memory.giveBack(arena, 0, RANGE_BYTES);

    assertThatIllegalStateException().isThrownBy(() -> range.get(JAVA_BYTE, 0));
    memory.close();
  }

  @Test
  void shouldSayThatDirectMemoryHasNoFile() {
    assertThat(new DirectMemory().fileDescriptor()).isEqualTo(FeedMemory.NO_FILE);
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void shouldHaveTheBytesInAFileAtTheirPosition() throws IOException {
    AnonymousFile memory = AnonymousFile.openIfSupported("test");
    Arena arena = Arena.ofShared();
    memory.map(arena, 3L * RANGE_BYTES, RANGE_BYTES).set(JAVA_BYTE, 5, (byte) 42);

    ByteBuffer read = ByteBuffer.allocate(1);
    try (FileChannel file = FileChannel.open(pathOf(memory))) {
      file.read(read, 3L * RANGE_BYTES + 5);
    }

    assertThat(read.get(0)).isEqualTo((byte) 42);
    memory.giveBack(arena, 3L * RANGE_BYTES, RANGE_BYTES);
    memory.close();
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void shouldFreeWhatIsGivenBackAndNothingElse() throws Throwable {
    AnonymousFile memory = AnonymousFile.openIfSupported("test");
    Arena first = Arena.ofShared();
    Arena second = Arena.ofShared();
    memory.map(first, 0, RANGE_BYTES).fill((byte) 1);
    memory.map(second, RANGE_BYTES, RANGE_BYTES).fill((byte) 2);
    assertThat(firstDataIn(memory)).isZero();

    memory.giveBack(first, 0, RANGE_BYTES);
    assertThat(firstDataIn(memory)).isEqualTo(RANGE_BYTES);

    memory.giveBack(second, RANGE_BYTES, RANGE_BYTES);
    assertThat(firstDataIn(memory)).isEqualTo(NO_DATA);
    memory.close();
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void shouldTakeARangeThatComesBackAfterTheEnd() {
    AnonymousFile memory = AnonymousFile.openIfSupported("test");
    Arena arena = Arena.ofShared();
    MemorySegment range = memory.map(arena, 0, RANGE_BYTES);
    memory.close();

    memory.giveBack(arena, 0, RANGE_BYTES);

    assertThat(range.scope().isAlive()).isFalse();
  }

  private static Path pathOf(FeedMemory memory) {
    return Path.of("/proc/self/fd/" + memory.fileDescriptor());
  }

  /** Where the file's first page that takes memory begins (lseek(2)). */
  @SuppressWarnings("restricted")
  private static long firstDataIn(FeedMemory memory) throws Throwable {
    Linker linker = Linker.nativeLinker();
    MethodHandle seek =
        linker.downcallHandle(
            linker.defaultLookup().findOrThrow("lseek"),
            FunctionDescriptor.of(JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_INT));
    return (long) seek.invokeExact(memory.fileDescriptor(), 0L, SEEK_DATA);
  }
}
