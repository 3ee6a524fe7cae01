package io.linecast.acceptance.ack;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.linecast.acceptance.ack.Event.Line;
import io.linecast.client.ClientException;
import io.linecast.client.Gap;
import io.linecast.client.LinecastClient;
import io.linecast.client.Position;
import io.linecast.client.Sent;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The Java client, put to the test. A thread takes what it hears; the lists are locked by this. */
final class JavaClient implements Survivor {
  private static final Duration SILENCE = Duration.ofMillis(150);
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final LinecastClient client;
  private final List<Line> heard = new ArrayList<>();
  private final List<String> troubles = new ArrayList<>();

  /**
   * Connects.
   *
   * @param from the first line that it hears
   */
  JavaClient(InetSocketAddress address, String name, long from, String epoch) {
    client =
        LinecastClient.to("linecast://" + address.getHostString() + ":" + address.getPort())
            .publisher(name)
            .listen(new Position(epoch, from - 1))
            .backOff(Duration.ofMillis(1), Duration.ofMillis(20))
            .silenceLimit(SILENCE)
            .connectTimeout(SILENCE.multipliedBy(2))
            .startPatience(PATIENCE)
            .connect();
    Thread.ofVirtual().name(name).start(this::listen);
  }

  @Override
  public CompletableFuture<Long> send(String text) {
    return client.send(text.getBytes(ISO_8859_1)).thenApply(Sent::seq);
  }

  @Override
  public synchronized List<Line> heard() {
    return List.copyOf(heard);
  }

  @Override
  public synchronized long lastHeard() {
    return heard.isEmpty() ? 0 : heard.getLast().seq();
  }

  @Override
  public synchronized List<String> troubles() {
    return List.copyOf(troubles);
  }

  @Override
  public void close() {
    client.close(Duration.ZERO);
  }

  private void listen() {
    try {
      for (io.linecast.client.Event event : client.events()) {
        take(event);
      }
    } catch (ClientException ended) {
      trouble("ended: " + ended);
    }
  }

  private synchronized void take(io.linecast.client.Event event) {
    switch (event) {
      case io.linecast.client.Line line ->
          heard.add(new Line(line.seq(), new String(line.bytes(), ISO_8859_1)));
      case Gap gap -> trouble(gap.toString());
    }
  }

  private synchronized void trouble(String text) {
    troubles.add(text);
  }
}
