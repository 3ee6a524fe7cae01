package io.linecast.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.AbstractThrowableAssert;

/** A client that connects on a thread of its own, while the test plays the server. */
final class Connecting {

  /**
   * Less than the 45 s after which a client leaves a silent server: what is to end at once is not
   * to be ended by that.
   */
  private static final int PATIENCE_SECONDS = 40;

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

  /** What a future brings before long. */
  static <T> T within(CompletableFuture<T> future) {
    try {
      return future.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }

  /** The client ends for that reason, before long. */
  static void assertEnds(LinecastClient client, ClientException.Reason reason) {
    assertThatThrownBy(() -> within(client.ended()))
        .isInstanceOfSatisfying(
            ClientException.class, e -> assertThat(e.reason()).as(e.toString()).isEqualTo(reason));
  }

  /** Ends the client, whether it is connected or not. */
  void abandon() {
    client.thenAccept(connected -> connected.close(Duration.ZERO));
  }

  /** Closes a client on another thread, while the test goes on as the server. */
  static CompletableFuture<Boolean> close(LinecastClient client) {
    return CompletableFuture.supplyAsync(
        () -> client.close(Duration.ofSeconds(30)), Connecting::start);
  }
}
