package io.linecast.server.tls;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;

/**
 * A handshake on its way, as a server: it is given what has come, record by record, and puts what
 * is to be sent into a buffer. What follows the last record of it is left alone. Owned by the
 * connection's loop, on which certificates are looked at, too.
 */
final class Handshake {

  /** What came is no record of TLS. */
  static final class NotTlsException extends SSLException {

    private static final long serialVersionUID = 1L;

    NotTlsException() {
      super("not TLS");
    }
  }

  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private static final int HEADER_BYTES = 5;
  private static final int LENGTH_OFFSET = 3;
  private static final int HANDSHAKE = 22;
  private static final int FIRST_TYPE = 20;
  private static final int LAST_TYPE = 23;
  private static final int MAJOR_VERSION = 3;

  /** The most that a record may add to its content. */
  private static final int MAX_RECORD_BYTES = TlsSession.RECORD_BYTES + 2048;

  /** An engine that wants the same again and again would be a spin. */
  private static final int MAX_IDLE_STEPS = 16;

  private final SSLEngine engine;
  private boolean begun;
  private int idleSteps;

  /** What has come and is not consumed. */
  private ByteBuf in = Unpooled.EMPTY_BUFFER;

  Handshake(SSLEngine engine) throws SSLException {
    this.engine = engine;
    engine.beginHandshake();
  }

  SSLEngine engine() {
    return engine;
  }

  /** Something has come; takes the reference to it. */
  void add(ByteBuf bytes) {
    if (in.isReadable()) {
      ByteBuf all = bytes.alloc().directBuffer(in.readableBytes() + bytes.readableBytes());
      all.writeBytes(in).writeBytes(bytes);
      bytes.release();
      in.release();
      in = all;
    } else {
      in.release();
      in = bytes;
    }
  }

  /** What has come behind the handshake, and the reference to it; there is nothing after this. */
  ByteBuf takeRest() {
    ByteBuf rest = in;
    in = Unpooled.EMPTY_BUFFER;
    return rest;
  }

  /**
   * Goes on as far as what has come takes it.
   *
   * @param out what is to be sent, also if this fails; it grows
   * @return whether it is done
   */
  boolean advance(ByteBuf out) throws SSLException {
    idleSteps = 0;
    while (idleSteps < MAX_IDLE_STEPS) {
      HandshakeStatus wanted = engine.getHandshakeStatus();
      switch (wanted) {
        case NEED_TASK -> runTasks();
        case NEED_WRAP -> wrap(out);
        case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> {
          int length = recordBytes();
          if (length == 0) {
            return false;
          }
          unwrap(length);
        }
        case FINISHED, NOT_HANDSHAKING -> {
          return true;
        }
      }
    }
    throw new SSLException("the handshake does not go on");
  }

  private void runTasks() throws SSLException {
    for (Runnable task = engine.getDelegatedTask();
        task != null;
        task = engine.getDelegatedTask()) {
      task.run();
    }
    idleSteps++;
    findOut();
  }

  private void wrap(ByteBuf out) throws SSLException {
    out.ensureWritable(engine.getSession().getPacketBufferSize());
    SSLEngineResult result =
        engine.wrap(NOTHING, out.nioBuffer(out.writerIndex(), out.writableBytes()));
    out.writerIndex(out.writerIndex() + result.bytesProduced());
    progressed(result.bytesProduced());
    if (result.getStatus() == Status.CLOSED && result.bytesProduced() == 0) {
      throw new SSLException("the handshake was ended");
    }
    findOut();
  }

  /**
   * Netty's engine finds out that a record was the last of the handshake, or has ended it, only
   * when it is asked the next time, and may then open what follows. So it does once a certificate
   * was looked at: what stands behind that in the same record may be the end of the handshake.
   */
  private void findOut() throws SSLException {
    if (engine.getHandshakeStatus() == HandshakeStatus.NEED_UNWRAP) {
      engine.unwrap(NOTHING.duplicate(), NOTHING.duplicate());
    }
  }

  private void progressed(int bytes) {
    idleSteps = bytes > 0 ? 0 : idleSteps + 1;
  }

  /** How long the next record is; 0 if it has not come whole. */
  private int recordBytes() throws NotTlsException {
    if (!in.isReadable()) {
      return 0;
    }
    int start = in.readerIndex();
    int type = in.getUnsignedByte(start);
    boolean mayBe = begun ? type >= FIRST_TYPE && type <= LAST_TYPE : type == HANDSHAKE;
    mayBe &= in.readableBytes() < 2 || in.getUnsignedByte(start + 1) == MAJOR_VERSION;
    if (!mayBe) {
      throw new NotTlsException();
    }
    if (in.readableBytes() < HEADER_BYTES) {
      return 0;
    }
    int length = HEADER_BYTES + in.getUnsignedShort(start + LENGTH_OFFSET);
    if (length > MAX_RECORD_BYTES) {
      throw new NotTlsException();
    }
    begun = true;
    return in.readableBytes() < length ? 0 : length;
  }

  private void unwrap(int length) throws SSLException {
    ByteBuf room = in.alloc().directBuffer(engine.getSession().getApplicationBufferSize());
    try {
      SSLEngineResult result =
          engine.unwrap(
              in.nioBuffer(in.readerIndex(), length), room.nioBuffer(0, room.writableBytes()));
      in.skipBytes(result.bytesConsumed());
      progressed(result.bytesConsumed());
      findOut();
      if (engine.isInboundDone()) {
        throw new SSLException("the client ended the handshake");
      }
    } finally {
      room.release();
    }
  }

  /** After a failure: what the client is to be told of it. */
  void putAlert(ByteBuf out) {
    try {
      for (int i = 0; i < 2 && engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP; i++) {
        wrap(out);
      }
    } catch (SSLException alreadyKnown) {
      return;
    }
  }
}
