package io.linecast.server;

import io.linecast.core.Segment;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import java.util.OptionalLong;

/** Writes to {@link VirtualSocket}s, and waits for room as on epoll. */
final class VirtualWriter implements SocketWriter {

  @Override
  public Object targetOf(Channel channel) {
    return channel;
  }

  @Override
  public int write(Object target, Segment segment, int offset, int length) {
    return ((VirtualSocket) target).write(segment.bytes().slice(offset, length));
  }

  @Override
  public int write(Object target, Segment segment, int offset, int length, int leftOut, int more) {
    int taken = write(target, segment, offset, length);
    if (taken < length) {
      return taken;
    }
    return length + Math.max(0, write(target, segment, offset + length + leftOut, more));
  }

  @Override
  public int write(Object target, ByteBuf bytes) {
    int taken = ((VirtualSocket) target).write(bytes.nioBuffer());
    bytes.skipBytes(Math.max(0, taken));
    return taken;
  }

  @Override
  public boolean canWaitForRoom(boolean inputEnded) {
    return !inputEnded;
  }

  @Override
  public boolean isAcknowledged(Channel channel) {
    return true;
  }

  @Override
  public OptionalLong sendQueueBytes(Channel channel) {
    return OptionalLong.empty();
  }
}
