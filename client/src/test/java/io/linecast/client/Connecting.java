package io.linecast.client;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.AbstractThrowableAssert;

/** A client that connects on a thread of its own, while the test plays the server. */
final class Connecting {

  private final CompletableFuture<LinecastClient> client;

  private Connecting(CompletableFuture<LinecastClient> client) {
    this.client = client;
  }

  static Connecting begin(ClientBuilder builder) {
    return new Connecting(CompletableFuture.supplyAsync(builder::connect, Connecting::start));
  }

  /** Runs a task on a thread of its own. */
  static void start(Runnable task) {
    Thread thread = new Thread(task, "connecting");
    thread.setDaemon(true);
    thread.start();
  }

  /** The client, once it is connected. */
  LinecastClient client() {
    return within(client);
  }

  /** What connecting fails with. */
  AbstractThrowableAssert<?, ? extends Throwable> failure() {
    return assertThatThrownBy(() -> within(client));
  }

  /** What a future brings within seconds. */
  static <T> T within(CompletableFuture<T> future) {
    try {
      return future.orTimeout(10, TimeUnit.SECONDS).join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }

  /** Ends the client, whether it is connected or not. */
  void abandon() {
    client.thenAccept(connected -> connected.close(Duration.ZERO));
  }

  /** Closes a client on another thread, while the test goes on as the server. */
  static CompletableFuture<Boolean> close(LinecastClient client) {
    return CompletableFuture.supplyAsync(
        () -> client.close(Duration.ofSeconds(8)), Connecting::start);
  }
}
