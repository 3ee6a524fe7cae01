package io.linecast.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageVerifierTest {
  private static final int LINES = 110;
  private static final int TEXT = 0x81;

  private WebStreamUnderTest stream = new WebStreamUnderTest(LINES, 20);

  @ParameterizedTest
  @CsvSource({
    "20, 1",
    "20, 2",
    "20, 7",
    "20, 21",
    "20, 22",
    "20, 10000",
    "126, 1",
    "126, 127",
    "127, 1",
    "127, 129",
    "127, 130",
    "300, 1",
    "300, 10000",
    "65536, 1000",
  })
  void shouldAcceptAWholeStreamInPiecesOfAnySize(int lineBytes, int pieceBytes) {
    stream = new WebStreamUnderTest(LINES, lineBytes);
    for (int i = 0; i < LINES; i++) {
      message(TEXT, i);
    }
    play(pieceBytes, LINES);

    assertThat(stream.findings.isClean()).isTrue();
    assertThat(stream.findings.verified()).isEqualTo(LINES);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"8900", "8a0170", "8104ffffffff", "8100", "8203616263", "010161", "c10161"})
  void shouldFindWhatIsNoLineAndGoOnBehindIt(String frame) {
    message(TEXT, 0);
    stream.add(HexFormat.of().parseHex(frame));
    message(TEXT, 1);
    play(1, 2);

    assertThat(stream.findings.torn()).isPositive();
    assertThat(stream.findings.isClean()).isFalse();
  }

  @Test
  void shouldFindALineInAnotherKindOfMessage() {
    message(TEXT, 0);
    message(0x82, 1);
    message(TEXT, 2);
    play(5, 3);

    assertThat(stream.findings.torn()).isEqualTo(1);
    assertThat(stream.findings.missing()).isEqualTo(1);
    assertThat(stream.findings.verified()).isEqualTo(2);
  }

  @Test
  void shouldTakeAFrameOfManyBytesForWhatItIs() {
    message(TEXT, 0);
    stream.add(HexFormat.of().parseHex("817f0000000000000014"));
    stream.add(new byte[20]);
    message(TEXT, 1);
    play(3, 2);

    assertThat(stream.findings.torn()).isEqualTo(1);
    assertThat(stream.findings.verified()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"8180000000", "81ffffff", "817fffffffffffffffff00", "8114", "81", "817e00"})
  void shouldFindThatFramesEnd(String rest) {
    message(TEXT, 0);
    stream.add(HexFormat.of().parseHex(rest));
    play(1, 1);

    assertThat(stream.findings.torn()).isEqualTo(1);
    assertThat(stream.findings.verified()).isEqualTo(1);
  }

  private void message(int head, int sequence) {
    byte[] line = stream.line(sequence);
    int payload = line.length - 1;
    ByteBuffer frame = ByteBuffer.allocate(payload + 4).put((byte) head);
    if (payload < 126) {
      frame.put((byte) payload);
    } else {
      frame.put((byte) 126).putShort((short) payload);
    }
    byte[] bytes = new byte[frame.put(line, 0, payload).flip().remaining()];
    frame.get(bytes);
    stream.add(bytes);
  }

  private void play(int pieceBytes, long sent) {
    stream.play(new MessageVerifier(stream.texts, stream.findings), pieceBytes, sent);
  }
}
