package io.linecast.server;

import io.linecast.core.Segment;
import io.linecast.core.Sink;
import io.linecast.server.tls.TlsSession;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import java.nio.ByteBuffer;
import java.util.OptionalLong;

/**
 * Writes to connections with TLS by sealing what they are to get into a buffer that stays in the
 * core's cache, and to those without as another writer does. One for each loop of a server that
 * speaks TLS.
 */
final class TlsWriter implements SocketWriter {

  /** Sealed and sent at once: some records for one call, and no more left over than this. */
  static final int PIECE_BYTES = 64 * 1024;

  private final SocketWriter plain;
  private final ByteBuf room = Unpooled.directBuffer(TlsSession.roomFor(PIECE_BYTES));

  TlsWriter(SocketWriter plain) {
    this.plain = plain;
  }

  /** What the others are written to by. */
  SocketWriter plain() {
    return plain;
  }

  @Override
  public Object targetOf(Channel channel) {
    return TlsLink.of(channel).<Object>map(link -> link).orElseGet(() -> plain.targetOf(channel));
  }

  @Override
  public int write(Object target, Segment segment, int offset, int length) {
    return target instanceof TlsLink link
        ? write(link, segment.bytes(), segment.address(), offset, length)
        : plain.write(target, segment, offset, length);
  }

  private int write(TlsLink link, ByteBuffer bytes, long address, int offset, int length) {
    int done = 0;
    while (done < length) {
      int piece = Math.min(PIECE_BYTES, length - done);
      int taken = link.write(bytes, address, offset + done, piece, room);
      if (taken == Sink.GONE) {
        return done == 0 ? Sink.GONE : done;
      }
      done += taken;
      if (taken < piece) {
        break;
      }
    }
    return done;
  }

  @Override
  public int write(Object target, Segment segment, int offset, int length, int leftOut, int more) {
    if (!(target instanceof TlsLink link)) {
      return plain.write(target, segment, offset, length, leftOut, more);
    }
    int taken = write(link, segment.bytes(), segment.address(), offset, length);
    if (taken < length) {
      return taken;
    }
    int behind = write(link, segment.bytes(), segment.address(), offset + length + leftOut, more);
    return length + Math.max(0, behind);
  }

  @Override
  public int write(Object target, ByteBuf bytes) {
    if (!(target instanceof TlsLink link)) {
      return plain.write(target, bytes);
    }
    int done = 0;
    while (bytes.isReadable() || link.isHolding()) {
      int piece = Math.min(PIECE_BYTES, bytes.readableBytes());
      ByteBuffer all = bytes.nioBuffer();
      int taken = link.write(all, bytes.memoryAddress() + bytes.readerIndex(), 0, piece, room);
      if (taken == Sink.GONE) {
        return Sink.GONE;
      }
      bytes.skipBytes(taken + link.aheadBytes());
      done += taken;
      boolean full = taken < piece || link.isHolding();
      link.forgetAhead(); // sealed is as good as copied
      if (full) {
        break;
      }
    }
    return done;
  }

  @Override
  public int committedBytes(Object target) {
    return target instanceof TlsLink link ? link.aheadBytes() : 0;
  }

  @Override
  public int takeCommittedBytes(Object target) {
    int held = committedBytes(target);
    if (target instanceof TlsLink link) {
      link.forgetAhead();
    }
    return held;
  }

  @Override
  public boolean isHolding(Object target) {
    return target instanceof TlsLink link && link.isHolding();
  }

  @Override
  public boolean canWaitForRoom(boolean inputEnded) {
    return plain.canWaitForRoom(inputEnded);
  }

  @Override
  public boolean isAcknowledged(Channel channel) {
    return plain.isAcknowledged(channel);
  }

  @Override
  public OptionalLong sendQueueBytes(Channel channel) {
    return plain.sendQueueBytes(channel);
  }

  @Override
  public void prepareSendQueueBytes() {
    plain.prepareSendQueueBytes();
  }

  /** The loop has ended. */
  @Override
  public void close() {
    room.release();
  }
}
