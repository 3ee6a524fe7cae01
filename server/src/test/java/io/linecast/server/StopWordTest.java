package io.linecast.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StopWordTest {

  @ParameterizedTest
  @ValueSource(strings = {"END\n", "  END\n", "END\t \n", "END\r\n", " \tEND \r\n"})
  void shouldFindTheWordWithBlanksAroundIt(String line) {
    assertThat(StopWord.cutBehind(run(line))).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "end\n", "ENDE\n", "THE END\n", "E ND\n", "EN\n", "\0END\n"})
  void shouldTakeNothingElseForIt(String line) {
    ByteBuffer run = run(line);

    assertThat(StopWord.cutBehind(run)).isZero();
    assertThat(run.remaining()).isEqualTo(line.length());
  }

  @Test
  void shouldCutWhatFollowsIt() {
    ByteBuffer run = run("a\nb\n END\nnever\n");

    assertThat(StopWord.cutBehind(run)).isEqualTo(3);
    assertThat(StandardCharsets.UTF_8.decode(run).toString()).isEqualTo("a\nb\n END\n");
  }

  private static ByteBuffer run(String lines) {
    return ByteBuffer.wrap(lines.getBytes(StandardCharsets.UTF_8));
  }
}
