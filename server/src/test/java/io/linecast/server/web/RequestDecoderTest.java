package io.linecast.server.web;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Requests are read one after the other, and what is behind them takes no more than its bytes. */
class RequestDecoderTest {

  private static final int MOST_READ_BYTES = 64 << 10;

  private final RequestDecoder decoder = WebLimits.newDecoder();
  private final List<String> served = new ArrayList<>();
  private final EmbeddedChannel channel = new EmbeddedChannel(decoder, new OneAtATime());
  private boolean serving;

  @AfterEach
  void close() {
    channel.finishAndReleaseAll();
  }

  @Test
  void shouldLeaveBytesWhatIsBehindARequestThatIsServed() {
    decoder.waitWhile(() -> serving);
    String request = "GET / HTTP/1.1\r\n\r\n";
    int requests = MOST_READ_BYTES / request.length();

    channel.writeInbound(Unpooled.copiedBuffer(request.repeat(requests), US_ASCII));

    assertThat(served).hasSize(1);
    assertThat(decoder.hasMore()).isTrue();
    assertThat(decoder.heldBytes()).isBetween(request.length() * (requests - 1), MOST_READ_BYTES);
    for (int i = 2; i <= requests; i++) {
      readOn();
      assertThat(served).hasSize(i);
    }
    assertThat(decoder.hasMore()).isFalse();
    assertThat(decoder.heldBytes()).isZero();
  }

  @Test
  void shouldReadBehindTheInputsEndWhatCameBeforeIt() {
    decoder.waitWhile(() -> serving);
    channel.writeInbound(
        Unpooled.copiedBuffer("GET /1 HTTP/1.1\r\n\r\nGET /2 HTTP/1.1\r\n\r\nGE", US_ASCII));

    channel.pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
    assertThat(served).containsExactly("/1");
    readOn();

    assertThat(served).containsExactly("/1", "/2");
  }

  @Test
  void shouldReadNoFurtherWhileARequestIsServed() {
    decoder.waitWhile(() -> serving);
    channel.writeInbound(Unpooled.copiedBuffer("GET / HTTP/1.1\r\n\r\nGE", US_ASCII));
    channel.config().setAutoRead(false);
    List<String> reads = new ArrayList<>();
    channel
        .pipeline()
        .addFirst(
            new ChannelOutboundHandlerAdapter() {
              @Override
              public void read(ChannelHandlerContext ctx) {
                reads.add("read");
              }
            });

    channel.writeInbound(Unpooled.copiedBuffer("T / HTTP/1.1\r\n\r\n", US_ASCII));

    assertThat(reads).isEmpty();
    assertThat(served).hasSize(1);
  }

  private void readOn() {
    serving = false;
    decoder.readOn(channel.pipeline().context(decoder));
  }

  /** Serves each request until it is told otherwise. */
  private final class OneAtATime extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext ctx, Object part) {
      if (part instanceof HttpRequest request) {
        served.add(request.uri());
      } else {
        serving = true;
      }
      ReferenceCountUtil.release(part);
    }
  }
}
