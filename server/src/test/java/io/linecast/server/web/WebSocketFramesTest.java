package io.linecast.server.web;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;

class WebSocketFramesTest {

  private final ByteBuf to = Unpooled.buffer();

  @Test
  void shouldWriteEachOfSomeLinesAsAMessage() {
    WebSocketFrames.putLines(Unpooled.copiedBuffer("SENT 1 2 3\n\nBYE\n", ISO_8859_1), to);

    assertThat(written()).isEqualTo("\u0081\nSENT 1 2 3\u0081\0\u0081\3BYE");
  }

  @Test
  void shouldAnswerAPingWithItsPayload() {
    WebSocketFrames.putPong(to, new byte[] {'a', 'b'});

    assertThat(written()).isEqualTo("\u008a\2ab");
  }

  @Test
  void shouldWriteAPingWithItsNumber() {
    WebSocketFrames.putPing(to, 258);

    assertThat(written()).isEqualTo("\u0089\u0008\0\0\0\0\0\0\1\2");
  }

  @Test
  void shouldSayWhyItEnds() {
    WebSocketFrames.putClose(to, CloseCode.GOING_AWAY, "bye");

    assertThat(written()).isEqualTo("\u0088\5\u0003\u00e9bye");
  }

  @Test
  void shouldCutAReasonThatIsTooLong() {
    WebSocketFrames.putClose(to, CloseCode.NORMAL, "x".repeat(200));

    assertThat(written()).isEqualTo("\u0088}\u0003\u00e8" + "x".repeat(123));
  }

  private String written() {
    return to.toString(ISO_8859_1);
  }
}
