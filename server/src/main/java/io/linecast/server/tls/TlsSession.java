package io.linecast.server.tls;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.ReferenceCountedOpenSslEngine;
import java.nio.ByteBuffer;
import java.security.Principal;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;

/**
 * A connection's TLS after the handshake: seals what is sent, opens what has come. The two
 * directions end each by themselves. Owned by the connection's loop.
 */
public abstract sealed class TlsSession permits NativeSession, EngineSession {

  /** A record holds this much at most (RFC 8446, 5.1). */
  static final int RECORD_BYTES = 16 * 1024;

  /** What a record adds, and more (RFC 5246, 6.2.3). */
  private static final int RECORD_OVERHEAD_BYTES = 96;

  /** What may come before what is sealed: tickets, which may hold a client's certificates. */
  private static final int ANSWERS_BYTES = 32 * 1024;

  /** The session of an engine whose handshake is done; the engine belongs to it from now on. */
  static TlsSession of(SSLEngine engine) {
    return engine instanceof ReferenceCountedOpenSslEngine openSsl
        ? new NativeSession(openSsl)
        : new EngineSession(engine);
  }

  /** How much room a buffer must have that so many bytes are sealed into. */
  public static int roomFor(int bytes) {
    return bytes + (bytes / RECORD_BYTES + 1) * RECORD_OVERHEAD_BYTES + ANSWERS_BYTES;
  }

  /**
   * What was sealed, without that room: it may wait for long until it is sent. Copied where that
   * saves much; a buffer that is only told to be smaller keeps its memory.
   */
  static ByteBuf trimmed(ByteBuf sealed) {
    int length = sealed.readableBytes();
    if (sealed.capacity() <= 2 * length) {
      return sealed;
    }
    try {
      return sealed.alloc().directBuffer(length).writeBytes(sealed);
    } finally {
      sealed.release();
    }
  }

  /**
   * How much of what was sealed at once can be opened by who has got the beginning of it.
   *
   * @param bytes how much was sealed
   * @param sealed how much became of it
   * @param got how much of that has been sent
   */
  public static int openable(int bytes, int sealed, int got) {
    if (got >= sealed) {
      return bytes;
    }
    int records = (bytes + RECORD_BYTES - 1) / RECORD_BYTES;
    int overhead = (sealed - bytes) / Math.max(1, records);
    return Math.min(Math.max(0, bytes - 1), got / (RECORD_BYTES + overhead) * RECORD_BYTES);
  }

  /**
   * Seals bytes, behind whatever has to be said before them.
   *
   * @param bytes which hold them
   * @param address where these are in memory
   * @param to a direct buffer that has {@link #roomFor} them
   */
  public abstract void seal(ByteBuffer bytes, long address, int offset, int length, ByteBuf to)
      throws SSLException;

  /** Seals the readable bytes of a direct buffer and leaves them there. */
  public final void seal(ByteBuf bytes, int length, ByteBuf to) throws SSLException {
    int start = bytes.readerIndex();
    seal(bytes.nioBuffer(start, length), bytes.memoryAddress() + start, 0, length, to);
  }

  /**
   * Opens all whole records that have come, and keeps the beginning of the next.
   *
   * @param from a direct buffer, all of which is consumed
   * @param to where what was in them is put; it grows
   * @throws SSLException if somebody has tampered with them; what is to be answered to that is kept
   */
  abstract void open(ByteBuf from, ByteBuf to) throws SSLException;

  /** Whether the client has said that it sends nothing more. */
  abstract boolean isInputEnded();

  /** Whether there is something to be said that nobody has asked for. */
  abstract boolean hasAnswers();

  /** Puts that into a direct buffer which has {@link #roomFor} nothing. */
  abstract void takeAnswers(ByteBuf to) throws SSLException;

  /** Puts there that nothing more will be sent. */
  abstract void end(ByteBuf to) throws SSLException;

  /** Whether the client has been here before. */
  abstract boolean isResumed();

  /** Gives back the memory outside the heap. */
  abstract void release();

  /** The same bytes where BoringSSL can have them; takes the reference to the others. */
  static ByteBuf direct(ByteBuf bytes, ByteBufAllocator allocator) {
    if (bytes.hasMemoryAddress()) {
      return bytes;
    }
    ByteBuf copy = allocator.directBuffer(bytes.readableBytes()).writeBytes(bytes);
    bytes.release();
    return copy;
  }

  /** The name in the client's certificate, which was verified; empty if it has shown none. */
  static Optional<String> clientOf(SSLEngine engine) {
    try {
      Principal client = engine.getSession().getPeerPrincipal();
      return Optional.ofNullable(client).map(Principal::getName);
    } catch (SSLPeerUnverifiedException hasShownNone) {
      return Optional.empty();
    }
  }
}
