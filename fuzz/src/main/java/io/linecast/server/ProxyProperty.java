package io.linecast.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.linecast.fuzz.Cuts;
import io.linecast.fuzz.Property;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.haproxy.HAProxyMessage;
import io.netty.util.ReferenceCountUtil;
import java.net.InetSocketAddress;

/**
 * Whatever a connection from a proxy begins with: it is a header, and what follows is handed on
 * byte for byte; or it may become one; or it is refused. Which of these does not depend on how it
 * is cut into reads, and the address that a header tells of is one of another machine.
 */
public final class ProxyProperty implements Property {

  private static final int TEXT_MAX_BYTES = 107;
  private static final String TEXT = "PROXY ";
  private static final String BINARY = "\r\n\r\n\0\r\nQUIT\n";

  @Override
  public void check(byte[] input) {
    String whole = new Beginning().read(input, Cuts.WHOLE);
    for (Cuts cuts : Cuts.values()) {
      String cut = new Beginning().read(input, cuts);
      Property.require(cut.equals(whole), () -> cuts + ": " + cut + ", not " + whole);
    }
  }

  /** A connection's, up to the header and behind it. */
  private static final class Beginning extends ChannelInboundHandlerAdapter {

    private final StringBuilder rest = new StringBuilder();
    private String outcome = "";

    /** What comes of it, in words. */
    String read(byte[] input, Cuts cuts) {
      EmbeddedChannel socket = new EmbeddedChannel(new ProxyHeaderDecoder(), this);
      for (byte[] read : cuts.of(input)) {
        if (!outcome.equals("refused")) {
          socket.writeInbound(Unpooled.copiedBuffer(read));
        }
      }
      socket.finishAndReleaseAll();
      if (outcome.startsWith("header")) {
        checkRest(new String(input, ISO_8859_1));
      }
      return outcome + ", then " + rest;
    }

    private void checkRest(String input) {
      Property.require(input.endsWith(rest.toString()), () -> "changed behind the header: " + rest);
      String header = input.substring(0, input.length() - rest.length());
      boolean text = header.startsWith(TEXT) && header.length() <= TEXT_MAX_BYTES;
      Property.require(text || header.startsWith(BINARY), () -> "taken for a header: " + header);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
      if (outcome.equals("refused")) {
        ReferenceCountUtil.release(message); // of a connection that is closed
      } else if (message instanceof HAProxyMessage header) {
        outcome = "header of " + clientOf(header);
        header.release();
      } else {
        ByteBuf bytes = (ByteBuf) message;
        rest.append(new String(ByteBufUtil.getBytes(bytes), ISO_8859_1));
        bytes.release();
      }
    }

    private static String clientOf(HAProxyMessage header) {
      try {
        return ProxyStep.client(header).map(Beginning::elsewhere).orElse("nobody");
      } catch (IllegalArgumentException e) {
        return "no address that there can be";
      }
    }

    private static String elsewhere(InetSocketAddress client) {
      Property.require(!client.getAddress().isLoopbackAddress(), () -> client + " is here");
      return client.toString();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
      Property.require(cause instanceof DecoderException, () -> "not refused: " + cause);
      outcome = "refused";
      rest.setLength(0);
    }
  }
}
