package io.linecast.acceptance.ack;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.linecast.acceptance.BlackBox;
import io.linecast.acceptance.ServerUnderTest;
import io.linecast.acceptance.ack.Event.Line;
import io.linecast.client.LinecastClient;
import io.linecast.client.Sent;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/**
 * The Java client's whole life, short as it is: hello, a few lines, close. Its connection dies once
 * at every single byte of it, in either direction; and of the connection after that, which resumes,
 * as well. The lines have to be relayed once each, and closing has to answer for them.
 */
@BlackBox
class EveryByteIT {
  private static final int LIVES_AT_ONCE = 12;
  private static final int LINES = 2;
  private static final Duration SILENCE = Duration.ofMillis(100);
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** In a connection's bytes towards the server: behind the hello, among the lines. */
  private static final int AMONG_THE_LINES = 130;

  /** What came of a life. */
  private record Life(Fault fault, boolean isStruck, Map<String, Long> sent) {}

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "NONE")
  @Timeout(300)
  void shouldEndInGoodOrderWhereverAConnectionDies(Fault.Kind kind, TestReporter reporter)
      throws Exception {
    try (ServerUnderTest server = ServerUnderTest.usual();
        Clients clients = new Clients(server);
        Witness witness = new Witness(clients);
        ExecutorService lives = Executors.newFixedThreadPool(LIVES_AT_ONCE)) {
      List<Life> all = new ArrayList<>();
      for (boolean towardsServer : new boolean[] {true, false}) {
        for (boolean resumes : new boolean[] {false, true}) {
          all.addAll(strikeEveryByte(lives, server.address(), kind, towardsServer, resumes));
        }
      }
      List<Line> relayed = witness.end();
      all.forEach(life -> judge(life, relayed));
      reporter.publishEntry("connections that died of " + kind, Integer.toString(all.size()));
    }
  }

  /**
   * From the first byte on, until lives were over before their faults. All of one batch may be so
   * where the server was held up for as long as they bear its silence; two batches are not.
   */
  private static List<Life> strikeEveryByte(
      ExecutorService lives,
      InetSocketAddress server,
      Fault.Kind kind,
      boolean towardsServer,
      boolean resumes)
      throws Exception {
    List<Life> struck = new ArrayList<>();
    int batchesSurvived = 0;
    int first = 0;
    while (batchesSurvived < 2) {
      List<Future<Life>> some = new ArrayList<>();
      for (int atByte = first; atByte < first + LIVES_AT_ONCE; atByte++) {
        Fault fault = new Fault(kind, towardsServer, atByte);
        some.add(lives.submit(() -> live(server, fault, resumes)));
      }
      boolean isOneStruck = false;
      for (Future<Life> life : some) {
        struck.add(life.get());
        isOneStruck |= life.get().isStruck();
      }
      batchesSurvived = isOneStruck ? 0 : batchesSurvived + 1;
      first += LIVES_AT_ONCE;
    }
    assertThat(first - 2 * LIVES_AT_ONCE).as("bytes of a life, %s", kind).isGreaterThan(100);
    return struck;
  }

  private static Life live(InetSocketAddress server, Fault fault, boolean resumes)
      throws Exception {
    Deque<Fault> plan = new ArrayDeque<>();
    if (resumes) {
      plan.add(new Fault(Fault.Kind.RESET, true, AMONG_THE_LINES));
    }
    plan.add(fault);
    String name = "life-" + AckClient.nonce();
    Map<String, CompletableFuture<Long>> futures = new LinkedHashMap<>();
    try (FaultyProxy proxy = FaultyProxy.start(server, plan)) {
      try (LinecastClient client = connect(proxy.address(), name)) {
        for (int i = 1; i <= LINES; i++) {
          String text = name + ":" + i;
          futures.put(text, client.send(text.getBytes(ISO_8859_1)).thenApply(Sent::seq));
        }
        assertThat(client.close(PATIENCE)).as("closed in good order, with %s", fault).isTrue();
        assertThat(client.ended()).as("%s", fault).isCompletedWithValue(null);
      }
      Map<String, Long> sent = new LinkedHashMap<>();
      futures.forEach((text, seq) -> sent.put(text, seq.join()));
      return new Life(fault, proxy.struck() > (resumes ? 1 : 0), sent);
    }
  }

  private static LinecastClient connect(InetSocketAddress address, String name) {
    return LinecastClient.to(address.getHostString() + ":" + address.getPort())
        .publisher(name)
        .backOff(Duration.ofMillis(1), Duration.ofMillis(20))
        .silenceLimit(SILENCE)
        .connectTimeout(SILENCE.multipliedBy(2))
        .startPatience(PATIENCE)
        .connect();
  }

  private static void judge(Life life, List<Line> relayed) {
    String own = life.sent().keySet().iterator().next().replaceAll(":.*", ":");
    Map<String, Long> heard = new LinkedHashMap<>();
    List<String> texts = new ArrayList<>();
    for (Line line : relayed) {
      if (line.text().startsWith(own)) {
        texts.add(line.text());
        heard.put(line.text(), line.seq());
      }
    }
    assertThat(texts).as("lines relayed, with %s", life.fault()).hasSize(LINES);
    assertThat(heard).as("lines and numbers, with %s", life.fault()).isEqualTo(life.sent());
  }
}
