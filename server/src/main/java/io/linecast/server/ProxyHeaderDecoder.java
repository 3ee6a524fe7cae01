package io.linecast.server;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.haproxy.HAProxyMessageDecoder;
import io.netty.handler.codec.haproxy.HAProxyProtocolException;

/**
 * Reads a PROXY header of either version, and fails at the first byte that begins none. Takes
 * itself out of the pipeline behind the header, and hands on what follows.
 */
final class ProxyHeaderDecoder extends HAProxyMessageDecoder {

  /** A header of version 2 may say more than addresses: certificates' names, and the like. */
  private static final int MOST_FURTHER_BYTES = 2048;

  private static final byte[] TEXT = "PROXY ".getBytes(US_ASCII);
  private static final byte[] BINARY = {
    '\r', '\n', '\r', '\n', 0, '\r', '\n', 'Q', 'U', 'I', 'T', '\n'
  };

  private int seen;
  private boolean maybeText = true;
  private boolean maybeBinary = true;

  ProxyHeaderDecoder() {
    super(MOST_FURTHER_BYTES);
  }

  /** Whether a byte has come. */
  boolean hasBegun() {
    return seen > 0;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) throws Exception {
    ByteBuf bytes = (ByteBuf) message;
    if (!mayBegin(bytes)) {
      bytes.release();
      throw new HAProxyProtocolException("no PROXY header");
    }
    super.channelRead(ctx, message);
  }

  private boolean mayBegin(ByteBuf bytes) {
    int end = bytes.writerIndex();
    for (int i = bytes.readerIndex(); i < end && seen < BINARY.length; i++) {
      byte next = bytes.getByte(i);
      maybeText &= seen >= TEXT.length || TEXT[seen] == next;
      maybeBinary &= BINARY[seen] == next;
      seen++;
      if (!maybeText && !maybeBinary) {
        return false;
      }
    }
    return true;
  }
}
