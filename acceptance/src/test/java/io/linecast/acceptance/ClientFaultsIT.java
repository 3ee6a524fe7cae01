package io.linecast.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.linecast.client.ClientBuilder;
import io.linecast.client.Event;
import io.linecast.client.Line;
import io.linecast.client.LinecastClient;
import io.linecast.client.SendException;
import io.linecast.client.SendHandler;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * Connections that end at every step of hello, sending and resuming, a few thousand of them: client
 * and server agree on every line, none lost, none doubled. {@code -Dlinecast.seed=N} repeats a run.
 */
@BlackBox
class ClientFaultsIT {

  private static final int CUTS = Integer.getInteger("linecast.cuts", 2000);
  private static final String LAST = "that was all";

  private final long seed = Long.getLong("linecast.seed", System.nanoTime() & 0xFFFF);

  /** What has become of the lines, in their order. */
  private static final class Ledger implements SendHandler {

    final List<Long> seqs = Collections.synchronizedList(new ArrayList<>());
    final List<SendException> failures = Collections.synchronizedList(new ArrayList<>());

    @Override
    public void onSent(long number, long seq, long clients) {
      seqs.add(seq);
    }

    @Override
    public void onFailed(SendException failure) {
      failures.add(failure);
    }
  }

  private static ClientBuilder through(RuthlessProxy proxy) {
    return LinecastClient.to(proxy.address())
        .startPatience(Duration.ofMinutes(1))
        .window(100, 1 << 20)
        .backOff(Duration.ofNanos(1), Duration.ofMillis(1));
  }

  @Test
  void shouldAgreeOnEveryLineHoweverConnectionsEnd() throws IOException {
    Ledger ledger = new Ledger();
    List<Line> heard = new ArrayList<>();
    int sent = 0;
    try (ServerUnderTest server = ServerUnderTest.start();
        RuthlessProxy towardsSender = RuthlessProxy.start(server.address(), seed);
        RuthlessProxy towardsListener = RuthlessProxy.start(server.address(), -seed);
        LinecastClient listener = through(towardsListener).listen().listenOnly().connect();
        LinecastClient sender = through(towardsSender).connect()) {
      CompletableFuture<Void> listening = CompletableFuture.runAsync(() -> hear(listener, heard));
      while (towardsSender.cuts() + towardsListener.cuts() < CUTS) {
        sender.send(("line " + sent++).getBytes(UTF_8), ledger);
      }
      towardsSender.relent();
      towardsListener.relent();
      sender.send(LAST.getBytes(UTF_8), ledger);
      assertThat(sender.awaitAll(Duration.ofSeconds(30)))
          .as("all answered, seed %d", seed)
          .isTrue();
      listening.orTimeout(30, TimeUnit.SECONDS).join();
    }
    assertThat(ledger.failures).as("seed %d", seed).isEmpty();
    assertThat(ledger.seqs).as("numbers acknowledged, seed %d", seed).hasSize(sent + 1);
    for (int i = 0; i <= sent; i++) {
      assertThat(heard.get(i).text())
          .as("line %d of %d, seed %d", i, sent, seed)
          .isEqualTo(i < sent ? "line " + i : LAST);
      assertThat(heard.get(i).seq()).as("seed %d", seed).isEqualTo(ledger.seqs.get(i));
    }
    assertThat(heard).hasSize(sent + 1);
  }

  private static void hear(LinecastClient listener, List<Line> heard) {
    for (Event event : listener.events()) {
      assertThat(event).as("no gap").isInstanceOf(Line.class);
      if (isCutHello(((Line) event).text())) {
        continue;
      }
      heard.add((Line) event);
      if (((Line) event).text().equals(LAST)) {
        return;
      }
    }
  }

  /** A hello that is cut within its first nine bytes is a plain client's unfinished last line. */
  private static boolean isCutHello(String line) {
    return !line.isEmpty() && "LINECAST/".startsWith(line) && line.length() < "LINECAST/".length();
  }
}
