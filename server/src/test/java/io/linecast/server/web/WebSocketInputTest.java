package io.linecast.server.web;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebSocketInputTest {

  /** What happened, in its order: lines as they are, and the other things in brackets. */
  private final StringBuilder story = new StringBuilder();

  private final EmbeddedChannel channel =
      new EmbeddedChannel(
          new WebSocketInput(
              new WebSocketInput.Listener() {
                @Override
                public void onHeard() {}

                @Override
                public void onPing(byte[] payload) {
                  drain();
                  story.append("[ping ").append(new String(payload, ISO_8859_1)).append(']');
                }

                @Override
                public void onClose() {
                  drain();
                  story.append("[close]");
                }

                @Override
                public void onViolation(CloseCode code, String what) {
                  drain();
                  story.append('[').append(code).append(": ").append(what).append(']');
                }
              }));

  @AfterEach
  void close() {
    channel.finishAndReleaseAll();
  }

  @Test
  void shouldEndEachMessageWithALineFeed() {
    read(new ClientFrames().text("hello").text("").add(0x82, "\u00e9\0"));

    assertThat(story.toString()).isEqualTo("hello\n\n\u00e9\0\n");
  }

  @Test
  void shouldHandOnAllTheMessagesOfAReadTogether() {
    channel.writeInbound(new ClientFrames().text("a").text("b").text("c").bytes());

    assertThat(channel.inboundMessages()).hasSize(1);
  }

  @Test
  void shouldAddNoLineFeedWhereThereIsOne() {
    read(new ClientFrames().text("hello\n").text("a\nb").text("\n"));

    assertThat(story.toString()).isEqualTo("hello\na\nb\n\n");
  }

  @Test
  void shouldPutAMessageTogetherThatCameInFrames() {
    read(new ClientFrames().add(0x01, "he").add(0x00, "").add(0x00, "ll").add(0x80, "o"));

    assertThat(story.toString()).isEqualTo("hello\n");
  }

  @Test
  void shouldHearControlFramesWithinAMessage() {
    read(new ClientFrames().add(0x01, "he").add(0x89, "p").add(0x8A, "").add(0x80, "llo"));

    assertThat(story.toString()).isEqualTo("hello\n[ping p]");
  }

  @Test
  void shouldHaveOnlyTheLastPingOfAReadAnswered() {
    read(new ClientFrames().add(0x89, "p").text("a").add(0x89, "q").add(0x88, ""));
    read(new ClientFrames().add(0x89, "r"));

    assertThat(story.toString()).startsWith("a\n[ping q]").doesNotContain("[ping p]", "[ping r]");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 7, 8, 9, 125, 126, 127, 65_535, 65_536, 100_003})
  void shouldTakeAPayloadOfAnyLength(int length) {
    String payload = "0123456789abcdefg".repeat(length / 17 + 1).substring(0, length);
    read(new ClientFrames().text(payload).text("end"));

    assertThat(story.toString()).isEqualTo(payload + "\nend\n");
  }

  @Test
  void shouldTakeFramesThatComeByteByByte() {
    ByteBuf all =
        new ClientFrames().text("hello").text("").add(0x89, "p").text("x".repeat(200)).bytes();
    while (all.isReadable()) {
      channel.writeInbound(all.readBytes(1));
    }
    all.release();
    drain();

    assertThat(story.toString()).isEqualTo("hello\n\n[ping p]" + "x".repeat(200) + "\n");
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 5, 6, 7, 11, 13, 64})
  void shouldTakeFramesHoweverTheyAreCut(int size) {
    ByteBuf all = new ClientFrames().text("hello").text("w\u00c3\u00b6rld").text("").bytes();
    while (all.isReadable()) {
      channel.writeInbound(all.readBytes(Math.min(size, all.readableBytes())));
    }
    all.release();
    drain();

    assertThat(story.toString()).isEqualTo("hello\nw\u00c3\u00b6rld\n\n");
  }

  @Test
  void shouldHearNothingBehindTheGoodBye() {
    read(new ClientFrames().text("a").add(0x88, "\u0003\u00e8bye").text("b"));

    assertThat(story.toString()).isEqualTo("a\n[close]");
  }

  @Test
  void shouldRefuseATextThatIsNone() {
    read(new ClientFrames().text("a").text("\u00e9"));

    assertThat(story.toString()).contains("[NOT_TEXT: ").startsWith("a\n");
  }

  @Test
  void shouldRefuseATextThatEndsWithinACharacter() {
    read(new ClientFrames().add(0x01, "\u00c3").add(0x80, ""));

    assertThat(story.toString()).contains("[NOT_TEXT: ");
  }

  @Test
  void shouldTakeATextWhoseFramesCutACharacter() {
    read(new ClientFrames().add(0x01, "\u00c3").add(0x80, "\u00a9"));

    assertThat(story.toString()).isEqualTo("\u00c3\u00a9\n");
  }

  @Test
  void shouldRefuseFramesWithoutAMask() {
    read(new ClientFrames().raw(0x81, 0x01, 'a'));

    assertThat(story.toString()).isEqualTo("[PROTOCOL_ERROR: a client masks its frames]");
  }

  @ParameterizedTest
  @ValueSource(ints = {0xC1, 0xA1, 0x91, 0x83, 0x87, 0x8B, 0x80, 0x09, 0x08})
  void shouldRefuseWhatNoClientMaySend(int first) {
    read(new ClientFrames().add(first, "a").text("b"));

    assertThat(story.toString()).startsWith("[PROTOCOL_ERROR: ").doesNotContain("b\n");
  }

  @Test
  void shouldRefuseAMessageWithinAnother() {
    read(new ClientFrames().add(0x01, "a").text("b"));

    assertThat(story.toString()).isEqualTo("a[PROTOCOL_ERROR: a message has not ended]");
  }

  @Test
  void shouldRefuseALongPing() {
    read(new ClientFrames().add(0x89, "p".repeat(126)));

    assertThat(story.toString()).startsWith("[PROTOCOL_ERROR: ");
  }

  @Test
  void shouldRefuseALengthThatIsNegative() {
    read(new ClientFrames().raw(0x81, 0xFF, 0x80, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4));

    assertThat(story.toString()).isEqualTo("[PROTOCOL_ERROR: a length is negative]");
  }

  private void read(ClientFrames frames) {
    channel.writeInbound(frames.bytes());
    drain();
  }

  private void drain() {
    List<ByteBuf> read = new ArrayList<>();
    for (ByteBuf lines = channel.readInbound(); lines != null; lines = channel.readInbound()) {
      read.add(lines);
    }
    for (ByteBuf lines : read) {
      story.append(lines.toString(ISO_8859_1));
      lines.release();
    }
  }
}
