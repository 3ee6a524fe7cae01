package io.linecast.core;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;

/** Arenas are closed by the memory they are handed to: that is what is tested. */
@SuppressWarnings("MustBeClosedChecker")
class DirectMemoryTest {

  private static final int PIECE_BYTES = 64 * 1024;

  private final DirectMemory memory = new DirectMemory();

  @Test
  void shouldHoldWhatIsWritten() {
    Arena arena = Arena.ofShared();
    MemorySegment piece = memory.take(arena, 0, PIECE_BYTES);
    piece.fill((byte) 7);

    assertThat(piece.isNative()).as("may be handed to system calls").isTrue();
    assertThat(piece.byteSize()).isEqualTo(PIECE_BYTES);
    assertThat(piece.get(JAVA_BYTE, 0)).isEqualTo((byte) 7);
    assertThat(piece.get(JAVA_BYTE, PIECE_BYTES - 1)).isEqualTo((byte) 7);
    memory.giveBack(arena, 0, PIECE_BYTES);
  }

  @Test
  void shouldLeaveTheNeighboursAloneWhenAPieceIsGivenBack() {
    Arena[] arenas = {Arena.ofShared(), Arena.ofShared(), Arena.ofShared()};
    MemorySegment[] pieces = new MemorySegment[3];
    for (int i = 0; i < 3; i++) {
      pieces[i] = memory.take(arenas[i], (long) i * PIECE_BYTES, PIECE_BYTES);
      pieces[i].fill((byte) (i + 1));
    }

    memory.giveBack(arenas[1], PIECE_BYTES, PIECE_BYTES);

    assertThat(pieces[0].get(JAVA_BYTE, PIECE_BYTES - 1)).isEqualTo((byte) 1);
    assertThat(pieces[2].get(JAVA_BYTE, 0)).isEqualTo((byte) 3);
    memory.giveBack(arenas[0], 0, PIECE_BYTES);
    memory.giveBack(arenas[2], 2 * PIECE_BYTES, PIECE_BYTES);
  }

  @Test
  void shouldLetNobodyReadWhatIsGivenBack() {
    Arena arena = Arena.ofShared();
    MemorySegment piece = memory.take(arena, 0, PIECE_BYTES);

    memory.giveBack(arena, 0, PIECE_BYTES);

    assertThatIllegalStateException().isThrownBy(() -> piece.get(JAVA_BYTE, 0));
  }
}
