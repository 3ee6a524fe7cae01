package io.linecast.server;

import io.linecast.core.Segment;
import io.linecast.core.Sink;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.epoll.EpollTcpInfo;
import io.netty.channel.unix.FileDescriptor;
import io.netty.channel.unix.UnixChannel;
import java.util.OptionalLong;

/** Writes by send(2), and by writev(2) around a client's own lines. */
final class EpollWriter implements SocketWriter {

  /** From this state on the peer has acknowledged our FIN (Linux, tcp_states.h). */
  private static final int TCP_FIN_WAIT2 = 5;

  private static final int NO_SOCKET = -1;

  private final LinuxCalls calls = new LinuxCalls();
  private final EpollTcpInfo tcpInfo = new EpollTcpInfo();

  @Override
  public Object targetOf(Channel channel) {
    return ((UnixChannel) channel).fd();
  }

  @Override
  public int write(Object target, Segment segment, int offset, int length) {
    FileDescriptor descriptor = (FileDescriptor) target;
    if (!descriptor.isOpen()) {
      // Its number may be somebody else's by now.
      return Sink.GONE;
    }
    long address = segment.address() + offset;
    return answer(calls.send(descriptor.intValue(), address, length));
  }

  @Override
  public int write(Object target, Segment segment, int offset, int length, int leftOut, int more) {
    FileDescriptor descriptor = (FileDescriptor) target;
    if (!descriptor.isOpen()) {
      return Sink.GONE;
    }
    long address = segment.address() + offset;
    long behind = address + length + leftOut;
    return answer(calls.writev(descriptor.intValue(), address, length, behind, more));
  }

  private int answer(long result) {
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
    int taken = answer(calls.send(socket, address, bytes.readableBytes()));
    bytes.skipBytes(Math.max(0, taken));
    return taken;
  }

  /** Netty's epoll forgets a socket whose input has ended, and then cannot wait for its output. */
  @Override
  public boolean canWaitForRoom(boolean inputEnded) {
    return !inputEnded;
  }

  @Override
  public boolean isAcknowledged(Channel channel) {
    if (!(channel instanceof EpollSocketChannel socket)) {
      // A unix socket: what the client has read is out of the queue, and nothing is under way.
      return sendQueueBytes(channel).orElse(1) == 0;
    }
    socket.tcpInfo(tcpInfo);
    return tcpInfo.state() == TCP_FIN_WAIT2;
  }

  @Override
  public OptionalLong sendQueueBytes(Channel channel) {
    FileDescriptor descriptor = ((UnixChannel) channel).fd();
    int queued = descriptor.isOpen() ? calls.sendQueueBytes(descriptor.intValue()) : -1;
    return queued < 0 ? OptionalLong.empty() : OptionalLong.of(queued);
  }

  /** To link a call takes longer than sweeping thousands of clients. */
  @Override
  public void prepareSendQueueBytes() {
    var _ = new LinuxCalls().sendQueueBytes(NO_SOCKET);
  }
}
