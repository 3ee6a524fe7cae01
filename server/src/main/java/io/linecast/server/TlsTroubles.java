package io.linecast.server;

import io.linecast.server.access.Peer;
import io.linecast.server.tls.TlsFigures;
import io.netty.channel.Channel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Handshakes that were not done: counted, and told once a second at most. From any thread. */
final class TlsTroubles {

  private static final Logger LOG = LoggerFactory.getLogger(TlsTroubles.class);

  private final TlsFigures figures;
  private final OncePerSecond told = new OncePerSecond(System::nanoTime);

  TlsTroubles(TlsFigures figures) {
    this.figures = figures;
  }

  /** A client has gone, as one that only looks whether somebody listens. */
  void onGone() {
    figures.failures().increment();
  }

  void add(Channel socket, String what) {
    figures.failures().increment();
    told.happened(
        times ->
            LOG.warn(
                "{} TLS handshake(s) failed, {} the last: {}",
                times,
                Peer.addressOf(socket),
                what));
  }
}
