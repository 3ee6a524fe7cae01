package io.linecast.bench.tls;

import io.linecast.server.tls.SelfSigned;
import io.linecast.server.tls.ServerCertificate;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;

/** What BoringSSL seals on one core, of TLS 1.3 records of 16 KiB, from memory to memory. */
final class SealSpeed {

  private static final int RECORD_BYTES = 16 * 1024;

  /** As much as a feed's segment has, so that not all of it stays in the core's cache. */
  private static final int SOURCE_BYTES = 4 << 20;

  private static final int ROOM_BYTES = 40_000;
  private static final int STEPS = 20;
  private static final double MEGA = 1e6;

  private final SSLEngine server;
  private final SSLEngine client;

  SealSpeed() throws SSLException {
    ServerCertificate certificate = new SelfSigned().make(List.of("localhost"));
    SslContext ofServer =
        SslContextBuilder.forServer(certificate.key(), certificate.chain())
            .sslProvider(SslProvider.OPENSSL)
            .protocols("TLSv1.3")
            .build();
    SslContext ofClient =
        SslContextBuilder.forClient()
            .sslProvider(SslProvider.OPENSSL)
            .protocols("TLSv1.3")
            .trustManager(certificate.chain())
            .build();
    server = ofServer.newEngine(UnpooledByteBufAllocator.DEFAULT);
    client = ofClient.newEngine(UnpooledByteBufAllocator.DEFAULT, "localhost", 1);
  }

  Map<String, Object> measure(int seconds) throws SSLException {
    shakeHands();
    ByteBuffer source = ByteBuffer.allocateDirect(SOURCE_BYTES);
    ByteBuffer room = ByteBuffer.allocateDirect(ROOM_BYTES);
    run(source, room, 1);
    return Map.of(
        "megabytes_per_second",
        run(source, room, seconds) / MEGA / seconds,
        "suite",
        server.getSession().getCipherSuite());
  }

  private void shakeHands() throws SSLException {
    ByteBuffer nothing = ByteBuffer.allocateDirect(0);
    ByteBuffer room = ByteBuffer.allocateDirect(ROOM_BYTES);
    ByteBuffer fromClient = ByteBuffer.allocateDirect(ROOM_BYTES);
    ByteBuffer fromServer = ByteBuffer.allocateDirect(ROOM_BYTES);
    server.beginHandshake();
    client.beginHandshake();
    for (int i = 0; i < STEPS; i++) {
      step(client, nothing, fromClient, server, room);
      step(server, nothing, fromServer, client, room);
    }
  }

  private static void step(
      SSLEngine from, ByteBuffer nothing, ByteBuffer wire, SSLEngine to, ByteBuffer room)
      throws SSLException {
    from.wrap(nothing, wire);
    to.unwrap(wire.flip(), room.clear());
    wire.compact();
    for (SSLEngine engine : List.of(from, to)) {
      for (Runnable task = engine.getDelegatedTask();
          task != null;
          task = engine.getDelegatedTask()) {
        task.run();
      }
    }
  }

  private long run(ByteBuffer source, ByteBuffer room, int seconds) throws SSLException {
    long end = System.nanoTime() + seconds * 1_000_000_000L;
    long bytes = 0;
    while (System.nanoTime() < end) {
      source.clear();
      while (source.hasRemaining()) {
        source.limit(Math.min(SOURCE_BYTES, source.position() + RECORD_BYTES));
        bytes += server.wrap(source, room.clear()).bytesConsumed();
        source.limit(SOURCE_BYTES);
      }
    }
    return bytes;
  }
}
