package io.linecast.server;

import io.linecast.server.tls.TlsContexts;
import java.time.Duration;

/** Where a connection of a port with TLS gets secure before it is let in. Safe from any loop. */
final class TlsStep implements Entry.Step {

  private final TlsContexts contexts;
  private final TlsTroubles troubles;
  private final Duration time;

  /**
   * A step of all ports.
   *
   * @param time how long a handshake may take
   */
  TlsStep(TlsContexts contexts, Duration time) {
    this.contexts = contexts;
    this.troubles = new TlsTroubles(contexts.figures());
    this.time = time;
  }

  @Override
  public void pass(Entry entry) {
    new TlsEntry(entry, contexts, troubles).begin(time);
  }
}
