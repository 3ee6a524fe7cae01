package io.linecast.acceptance.ack;

import io.linecast.acceptance.Fence;
import io.linecast.acceptance.LineClient;
import io.linecast.acceptance.ServerUnderTest;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** The clients of one test, closed with it. */
final class Clients implements AutoCloseable {
  private static final int SMALL_BUFFER_BYTES = 16 << 10;

  private final ServerUnderTest server;
  private final Deque<Runnable> closings = new ArrayDeque<>();

  Clients(ServerUnderTest server) {
    this.server = server;
  }

  /** One that has said nothing yet. */
  AckClient connect() {
    return keep(AckClient.connect(server.address()));
  }

  /** One whose hello was accepted. */
  AckClient join(String parameters) {
    return connect().join(parameters);
  }

  /** The same, unless the server has no room for it and closes it at once. */
  Optional<AckClient> tryJoin(String parameters) {
    AckClient client = connect();
    try {
      return Optional.of(client.join(parameters));
    } catch (AssertionError | UncheckedIOException closed) {
      client.close();
      return Optional.empty();
    }
  }

  /** The same, whose socket holds next to nothing unread. */
  AckClient joinWithSmallBuffer(String parameters) {
    return keep(AckClient.connect(server.address(), SMALL_BUFFER_BYTES)).join(parameters);
  }

  /** A plain one that hears what is sent. That takes a few lines: join the others after it. */
  LineClient joinPlain() {
    return joinPlain(1).getFirst();
  }

  /** Several plain ones, who have heard nothing yet. */
  List<LineClient> joinPlain(int count) {
    List<LineClient> joined = LineClient.joined(server, count);
    joined.forEach(client -> closings.push(client::close));
    return joined;
  }

  /** A plain one whose socket holds next to nothing unread. */
  LineClient joinPlainWithSmallBuffer() {
    LineClient client = server.connectWithSmallBuffer();
    closings.push(client::close);
    Fence.gather(server, client);
    return client;
  }

  @Override
  public void close() {
    closings.forEach(Runnable::run);
    closings.clear();
  }

  private AckClient keep(AckClient client) {
    closings.push(client::close);
    return client;
  }
}
