package io.linecast.server.tls;

import io.netty.buffer.ByteBuf;
import io.netty.handler.ssl.ReferenceCountedOpenSslEngine;
import io.netty.internal.tcnative.SSL;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLException;

/**
 * BoringSSL without Netty's engine around it, once that has done the handshake: all records of a
 * call are sealed by one native call, nothing is allocated for one, and a client that has ended its
 * sending (close_notify) can still be sent to, which the engine does not allow.
 *
 * <p>The engine is asked nothing any more; it only owns the memory.
 */
final class NativeSession extends TlsSession {

  /** What is to be said while something is opened; it is asked for after each time. */
  private static final int ANSWERS_BYTES = 4 * 1024;

  private static final int SMALLEST_READ_BYTES = 512;

  private final ReferenceCountedOpenSslEngine engine;

  /** 0 when it has been given back. */
  private long ssl;

  private final long wire;
  private final boolean resumed;
  private boolean inputEnded;
  private boolean answers;

  NativeSession(ReferenceCountedOpenSslEngine engine) {
    this.engine = engine;
    this.ssl = engine.sslPointer();
    this.resumed = SSL.isSessionReused(ssl);
    // The engine's own is private, and is freed by this; the new one is freed with the connection.
    this.wire = SSL.bioNewByteBuffer(ssl, ANSWERS_BYTES);
  }

  @Override
  public void seal(ByteBuffer bytes, long address, int offset, int length, ByteBuf to)
      throws SSLException {
    requireOpen();
    int room = writeTo(to);
    try {
      int taken = SSL.writeToSSL(ssl, address + offset, length);
      if (taken != length) {
        throw failure("sealed " + taken + " of " + length + " bytes");
      }
    } finally {
      written(to, room);
    }
  }

  /** Has BoringSSL write there, behind what it has kept to say; returns how much room it has. */
  private int writeTo(ByteBuf to) {
    int room = to.writableBytes();
    SSL.bioSetByteBuffer(wire, to.memoryAddress() + to.writerIndex(), room, true);
    if (answers) {
      SSL.bioFlushByteBuffer(wire);
      answers = SSL.bioLengthNonApplication(wire) > 0;
    }
    return room;
  }

  private void written(ByteBuf to, int room) {
    to.writerIndex(to.writerIndex() + room - SSL.bioLengthByteBuffer(wire));
    SSL.bioClearByteBuffer(wire);
  }

  @Override
  void open(ByteBuf from, ByteBuf to) throws SSLException {
    requireOpen();
    long address = from.memoryAddress() + from.readerIndex();
    SSL.bioSetByteBuffer(wire, address, from.readableBytes(), false);
    try {
      while (!inputEnded && readSome(to)) {}
    } finally {
      SSL.bioClearByteBuffer(wire);
      answers = SSL.bioLengthNonApplication(wire) > 0;
      from.skipBytes(from.readableBytes());
    }
  }

  /** Returns whether there may be more. */
  private boolean readSome(ByteBuf to) throws SSLException {
    to.ensureWritable(SMALLEST_READ_BYTES);
    long address = to.memoryAddress() + to.writerIndex();
    int got = SSL.readFromSSL(ssl, address, to.writableBytes());
    if (got > 0) {
      to.writerIndex(to.writerIndex() + got);
      return true;
    }
    int error = SSL.getError(ssl, got);
    if (error == SSL.SSL_ERROR_ZERO_RETURN) {
      inputEnded = true;
    } else if (error != SSL.SSL_ERROR_WANT_READ) {
      throw failure("cannot open a record");
    }
    return false;
  }

  private static SSLException failure(String what) {
    int number = SSL.getLastErrorNumber();
    SSL.clearError();
    return new SSLException(number == 0 ? what : what + ": " + SSL.getErrorString(number));
  }

  @Override
  boolean isInputEnded() {
    return inputEnded;
  }

  @Override
  boolean hasAnswers() {
    return answers;
  }

  @Override
  void takeAnswers(ByteBuf to) throws SSLException {
    requireOpen();
    written(to, writeTo(to));
  }

  @Override
  void end(ByteBuf to) throws SSLException {
    requireOpen();
    int room = writeTo(to);
    try {
      if (SSL.shutdownSSL(ssl) < 0) {
        SSL.clearError(); // it had failed before: there is nothing to end
      }
    } finally {
      written(to, room);
    }
  }

  @Override
  boolean isResumed() {
    return resumed;
  }

  private void requireOpen() throws SSLException {
    if (ssl == 0) {
      throw new SSLException("closed");
    }
  }

  @Override
  void release() {
    if (ssl != 0) {
      ssl = 0;
      engine.release();
    }
  }
}
