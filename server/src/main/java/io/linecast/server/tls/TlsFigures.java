package io.linecast.server.tls;

import java.util.concurrent.atomic.LongAdder;

/**
 * What has happened with TLS so far. Safe from any thread.
 *
 * @param handshakes that were done, resumed ones too
 * @param resumed those that went on with a session of before
 * @param failures handshakes that were not done
 * @param reloads certificates that took another's place
 * @param reloadFailures changes of files that could not be used
 */
public record TlsFigures(
    LongAdder handshakes,
    LongAdder resumed,
    LongAdder failures,
    LongAdder reloads,
    LongAdder reloadFailures) {

  /** Nothing has happened. */
  public TlsFigures() {
    this(new LongAdder(), new LongAdder(), new LongAdder(), new LongAdder(), new LongAdder());
  }
}
