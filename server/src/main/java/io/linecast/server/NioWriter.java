package io.linecast.server;

import io.linecast.core.Segment;
import io.linecast.core.Sink;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import java.io.IOException;
import java.util.OptionalLong;

/** Writes slices through the JDK's channels, for systems without epoll. */
final class NioWriter implements SocketWriter {

  @Override
  public Object targetOf(Channel channel) {
    return channel;
  }

  @Override
  public int write(Object target, Segment segment, int offset, int length) {
    try {
      return ((LineNioSocketChannel) target).writeNow(segment.bytes().slice(offset, length));
    } catch (IOException brokenConnection) {
      return Sink.GONE;
    }
  }

  @Override
  public int write(Object target, Segment segment, int offset, int length, int leftOut, int more) {
    int taken = write(target, segment, offset, length);
    if (taken < length) {
      return taken;
    }
    int behind = write(target, segment, offset + length + leftOut, more);
    return length + Math.max(0, behind);
  }

  @Override
  public int write(Object target, ByteBuf bytes) {
    try {
      int written = ((LineNioSocketChannel) target).writeNow(bytes.nioBuffer());
      bytes.skipBytes(written);
      return written;
    } catch (IOException brokenConnection) {
      return Sink.GONE;
    }
  }

  @Override
  public boolean canWaitForRoom(boolean inputEnded) {
    return true;
  }

  @Override
  public boolean isAcknowledged(Channel channel) {
    return false;
  }

  @Override
  public OptionalLong sendQueueBytes(Channel channel) {
    return OptionalLong.empty();
  }
}
