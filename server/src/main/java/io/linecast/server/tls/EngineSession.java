package io.linecast.server.tls;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;

/**
 * The JDK's TLS. Under TLS 1.2 its engine ends both directions when the client ends one, as RFC
 * 5246 has it; under TLS 1.3 each ends by itself.
 */
final class EngineSession extends TlsSession {

  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  /** A session that is older than its connection comes from another one. */
  private static final long SAME_MILLIS = 1_000;

  /** As many as BoringSSL bears. */
  private static final int MOST_EMPTY_RECORDS = 32;

  /** Whoever takes longer between two does no harm. */
  private static final long EMPTY_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final SSLEngine engine;
  private final boolean resumed;

  /** Whether a handshake anew may not be asked for: TLS 1.3 has none, but says other things. */
  private final boolean onlyOneHandshake;

  /** The beginning of a record. */
  private ByteBuf begun = Unpooled.EMPTY_BUFFER;

  private boolean inputEnded;

  /** Records on end that said nothing, as changes of keys do, and when the last of them came. */
  private int emptyRecords;

  private long emptyNanos;

  EngineSession(SSLEngine engine) {
    this.engine = engine;
    this.onlyOneHandshake = "TLSv1.2".equals(engine.getSession().getProtocol());
    long age = InstantSource.system().millis() - engine.getSession().getCreationTime();
    this.resumed = age > SAME_MILLIS;
  }

  @Override
  public void seal(ByteBuffer bytes, long address, int offset, int length, ByteBuf to)
      throws SSLException {
    ByteBuffer from = bytes.slice(offset, length);
    while (from.hasRemaining()) {
      if (wrap(from, to).getStatus() != Status.OK) {
        throw new SSLException("sealed " + from.position() + " of " + length + " bytes");
      }
    }
  }

  private SSLEngineResult wrap(ByteBuffer from, ByteBuf to) throws SSLException {
    runTasks();
    ByteBuffer room = to.nioBuffer(to.writerIndex(), to.writableBytes());
    SSLEngineResult result = engine.wrap(from, room);
    to.writerIndex(to.writerIndex() + result.bytesProduced());
    return result;
  }

  private void runTasks() {
    for (Runnable task = engine.getDelegatedTask();
        task != null;
        task = engine.getDelegatedTask()) {
      task.run();
    }
  }

  @Override
  void open(ByteBuf from, ByteBuf to) throws SSLException {
    ByteBuf all = from;
    if (begun.isReadable()) {
      all = begun.alloc().directBuffer(begun.readableBytes() + from.readableBytes());
      all.writeBytes(begun).writeBytes(from);
    } else {
      from.retain();
    }
    begun.release();
    begun = Unpooled.EMPTY_BUFFER;
    try {
      while (!inputEnded && all.isReadable() && unwrap(all, to)) {}
      if (all.isReadable() && !inputEnded) {
        begun = all.alloc().directBuffer(all.readableBytes()).writeBytes(all);
      }
    } finally {
      all.release();
      from.skipBytes(from.readableBytes());
    }
  }

  /** Returns whether there was a whole record. */
  private boolean unwrap(ByteBuf from, ByteBuf to) throws SSLException {
    to.ensureWritable(engine.getSession().getApplicationBufferSize());
    SSLEngineResult result =
        engine.unwrap(from.nioBuffer(), to.nioBuffer(to.writerIndex(), to.writableBytes()));
    from.skipBytes(result.bytesConsumed());
    to.writerIndex(to.writerIndex() + result.bytesProduced());
    if (onlyOneHandshake && result.getHandshakeStatus() == HandshakeStatus.NEED_TASK) {
      throw new SSLException("asks for a handshake anew"); // as costly as one likes, as often
    }
    runTasks();
    inputEnded = engine.isInboundDone();
    if (result.getStatus() == Status.OK && !inputEnded) {
      countEmpty(result.bytesProduced());
    }
    return result.getStatus() == Status.OK;
  }

  private void countEmpty(int bytes) throws SSLException {
    if (bytes > 0) {
      emptyRecords = 0;
      return;
    }
    long now = System.nanoTime();
    emptyRecords = now - emptyNanos < EMPTY_NANOS ? emptyRecords + 1 : 1;
    emptyNanos = now;
    if (emptyRecords > MOST_EMPTY_RECORDS) {
      throw new SSLException("changes keys, or says nothing, again and again");
    }
  }

  @Override
  boolean isInputEnded() {
    return inputEnded;
  }

  @Override
  boolean hasAnswers() {
    return engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP;
  }

  @Override
  void takeAnswers(ByteBuf to) throws SSLException {
    while (hasAnswers()) {
      if (wrap(NOTHING, to).bytesProduced() == 0) {
        return;
      }
    }
  }

  @Override
  void end(ByteBuf to) throws SSLException {
    engine.closeOutbound();
    while (!engine.isOutboundDone()) {
      if (wrap(NOTHING, to).bytesProduced() == 0) {
        return;
      }
    }
  }

  @Override
  boolean isResumed() {
    return resumed;
  }

  @Override
  void release() {
    begun.release();
    begun = Unpooled.EMPTY_BUFFER;
  }
}
