package io.linecast.client;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The seam between what is promised and what is built. */
@SuppressWarnings("DoNotCallSuggester") // for this commit only
final class Engine {

  private static UnsupportedOperationException missing() {
    return new UnsupportedOperationException("not built yet");
  }

  static LinecastClient connect(ClientOptions options) {
    throw missing();
  }

  CompletableFuture<Sent> send(byte[] line) {
    throw missing();
  }

  long send(byte[] line, SendHandler handler) {
    throw missing();
  }

  boolean awaitAll(Duration patience) {
    throw missing();
  }

  int outstanding() {
    throw missing();
  }

  Events events() {
    throw missing();
  }

  void done(Event event) {
    throw missing();
  }

  Optional<Position> position() {
    throw missing();
  }

  Session session() {
    throw missing();
  }

  CompletableFuture<Void> ended() {
    throw missing();
  }

  void close() {
    throw missing();
  }

  boolean close(Duration patience) {
    throw missing();
  }
}
