package io.linecast.server;

import io.linecast.core.Segment;
import io.linecast.core.Sink;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.epoll.EpollTcpInfo;
import io.netty.channel.unix.FileDescriptor;

/** Writes by send(2) where a range is short and by sendfile(2) where it is long. */
final class EpollWriter implements SocketWriter {

  /** Below it copying is taken to be cheaper than handing pages over: docs/decisions, 2. */
  private static final int SENDFILE_FROM_BYTES = 16 * 1024;

  /** From this state on the peer has acknowledged our FIN (Linux, tcp_states.h). */
  private static final int TCP_FIN_WAIT2 = 5;

  private final LinuxCalls calls = new LinuxCalls();
  private final EpollTcpInfo tcpInfo = new EpollTcpInfo();

  @Override
  public Object targetOf(Channel channel) {
    return ((EpollSocketChannel) channel).fd();
  }

  @Override
  public int write(Object target, Segment segment, int offset, int length) {
    FileDescriptor descriptor = (FileDescriptor) target;
    if (!descriptor.isOpen()) {
      // Its number may be somebody else's by now.
      return Sink.GONE;
    }
    int socket = descriptor.intValue();
    int file = segment.fileDescriptor();
    long result =
        length >= SENDFILE_FROM_BYTES && file >= 0
            ? calls.sendfile(socket, file, segment.position() + offset, length)
            : calls.send(socket, segment.address() + offset, length);
    if (result >= 0) {
      return (int) result;
    }
    return calls.lastErrorIsTemporary() ? 0 : Sink.GONE;
  }

  @Override
  public int write(Object target, ByteBuf bytes) {
    FileDescriptor descriptor = (FileDescriptor) target;
    if (!descriptor.isOpen()) {
      return Sink.GONE;
    }
    int socket = descriptor.intValue();
    long address = bytes.memoryAddress() + bytes.readerIndex();
    long result = calls.send(socket, address, bytes.readableBytes());
    if (result >= 0) {
      bytes.skipBytes((int) result);
      return (int) result;
    }
    return calls.lastErrorIsTemporary() ? 0 : Sink.GONE;
  }

  /** Netty's epoll forgets a socket whose input has ended, and then cannot wait for its output. */
  @Override
  public boolean canWaitForRoom(boolean inputEnded) {
    return !inputEnded;
  }

  @Override
  public boolean isAcknowledged(Channel channel) {
    ((EpollSocketChannel) channel).tcpInfo(tcpInfo);
    return tcpInfo.state() == TCP_FIN_WAIT2;
  }
}
