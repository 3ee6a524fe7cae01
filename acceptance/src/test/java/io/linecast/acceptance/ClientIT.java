package io.linecast.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.linecast.client.ClientBuilder;
import io.linecast.client.ClientException;
import io.linecast.client.Event;
import io.linecast.client.Events;
import io.linecast.client.Gap;
import io.linecast.client.Line;
import io.linecast.client.LinecastClient;
import io.linecast.client.SendException;
import io.linecast.client.Sent;
import io.linecast.protocol.AckLevel;
import io.linecast.protocol.From;
import io.linecast.protocol.GapReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The Java client and the server, as they are. */
@BlackBox
class ClientIT {

  private static ClientBuilder to(ServerUnderTest server) {
    return LinecastClient.to(server.host() + ":" + server.port())
        .backOff(Duration.ofMillis(5), Duration.ofMillis(100));
  }

  private static Event next(Events events) {
    return events.poll(Duration.ofSeconds(20)).orElseThrow();
  }

  private static <T> T within(CompletableFuture<T> future) {
    return future.orTimeout(20, TimeUnit.SECONDS).join();
  }

  @ParameterizedTest
  @EnumSource(AckLevel.class)
  void shouldAcknowledgeAtEveryLevel(AckLevel level) {
    try (ServerUnderTest server = ServerUnderTest.start();
        LinecastClient listener = to(server).listen().listenOnly().connect();
        LinecastClient sender = to(server).ack(level).connect()) {
      CompletableFuture<Sent> future = sender.send("hello");
      Line line = (Line) next(listener.events());
      listener.done(line);
      Sent sent = within(future);
      assertThat(sent.seq()).isEqualTo(line.seq());
      assertThat(sent.epoch()).isEqualTo(line.epoch());
      assertThat(sent.clients()).isEqualTo(1);
      assertThat(line.text()).isEqualTo("hello");
    }
  }

  @Test
  void shouldTalkWithPlainClients() {
    try (ServerUnderTest server = ServerUnderTest.start();
        LinecastClient client = to(server).listen().connect();
        LineClient plain = server.connect()) {
      plain.send("from plain");
      assertThat(((Line) next(client.events())).text()).isEqualTo("from plain");
      within(client.send("from acknowledged"));
      assertThat(plain.hear()).isEqualTo("from acknowledged");
    }
  }

  @Test
  void shouldKeepEachLineOfManyInOrder() {
    int lines = 50_000;
    try (ServerUnderTest server = ServerUnderTest.start();
        LinecastClient listener = to(server).listen().listenOnly().connect();
        LinecastClient sender = to(server).connect()) {
      List<CompletableFuture<Sent>> futures = new ArrayList<>();
      for (int i = 0; i < lines; i++) {
        futures.add(sender.send("line " + i));
      }
      for (int i = 0; i < lines; i++) {
        assertThat(((Line) next(listener.events())).text()).isEqualTo("line " + i);
        assertThat(within(futures.get(i)).number()).isEqualTo(i + 1L);
      }
    }
  }

  @Test
  void shouldBeToldWhichLineWasTooLong() {
    try (ServerUnderTest server = ServerUnderTest.start();
        LinecastClient client = to(server).connect()) {
      CompletableFuture<Sent> tooLong = client.send(new byte[client.session().maxLineBytes()]);
      CompletableFuture<Sent> longest =
          client.send("x".repeat(client.session().maxLineBytes() - 1));
      assertThatThrownBy(() -> within(tooLong))
          .hasCauseInstanceOf(SendException.class)
          .hasMessageContaining("too-long");
      assertThat(within(longest).seq()).isEqualTo(1);
    }
  }

  @Test
  void shouldNotFightASecondClientOfItsName() {
    try (ServerUnderTest server = ServerUnderTest.start();
        LinecastClient first = to(server).publisher("twin").connect();
        LinecastClient second = to(server).publisher("twin").connect()) {
      assertThatThrownBy(() -> within(first.ended()))
          .hasCauseInstanceOf(ClientException.class)
          .hasMessageContaining("duplicate");
      assertThat(within(second.send("mine")).number()).isEqualTo(1);
    }
  }

  @Test
  void shouldGoOnBehindAnEarlierRunOfItsName() {
    try (ServerUnderTest server = ServerUnderTest.start()) {
      try (LinecastClient first = to(server).publisher("buoy-7").connect()) {
        first.send("one");
        first.send("two");
      }
      try (LinecastClient second = to(server).publisher("buoy-7").connect()) {
        assertThat(second.session().last()).hasValue(2);
        assertThat(within(second.send("three"))).isEqualTo(sent(3, 3, second));
      }
    }
  }

  private static Sent sent(long number, long seq, LinecastClient client) {
    return new Sent(number, seq, 0, client.session().epoch());
  }

  @Test
  void shouldSayThatThereIsNoSuchLine() {
    try (ServerUnderTest server = ServerUnderTest.start()) {
      assertThatThrownBy(() -> to(server).listen(new From.Line(2)).connect())
          .isInstanceOfSatisfying(
              ClientException.class,
              e -> assertThat(e.reason()).isEqualTo(ClientException.Reason.NO_SUCH_LINE));
    }
  }

  @Test
  void shouldReportTheNewNumberingAfterAKill() {
    ServerUnderTest first = ServerUnderTest.start();
    int port = first.port();
    try (LinecastClient listener = to(first).listen().listenOnly().connect();
        LinecastClient sender = to(first).ack(AckLevel.DONE).connect()) {
      String epoch = sender.session().epoch();
      CompletableFuture<Sent> underWay = sender.send("was it relayed?");
      Line line = (Line) next(listener.events());
      assertThat(underWay).isNotDone(); // nobody has said DONE
      first.program().signal("KILL");
      first.close();
      try (ServerUnderTest second = ServerUnderTest.start("--port", Integer.toString(port))) {
        assertThatThrownBy(() -> within(underWay))
            .cause()
            .isInstanceOfSatisfying(
                SendException.class,
                e -> {
                  assertThat(e.mayBeRelayed()).isTrue();
                  assertThat(e.epoch()).isEqualTo(epoch);
                });
        Gap gap = (Gap) next(listener.events());
        assertThat(gap.reason()).isEqualTo(GapReason.EPOCH);
        assertThat(gap.first()).isEqualTo(line.seq() + 1);
        assertThat(gap.epoch()).isEqualTo(epoch);
        CompletableFuture<Sent> now = sender.send("and now");
        Line heard = (Line) next(listener.events());
        listener.done(heard);
        assertThat(within(now).epoch()).isEqualTo(heard.epoch()).isNotEqualTo(epoch);
        assertThat(second.port()).isEqualTo(port);
      }
    }
  }

  @Test
  void shouldComeBackAfterAnOrderlyStop() {
    ServerUnderTest first = ServerUnderTest.start();
    int port = first.port();
    try (LinecastClient client = to(first).connect()) {
      within(client.send("one"));
      assertThat(first.stop()).isZero();
      CompletableFuture<Sent> later = client.send("two");
      try (ServerUnderTest second = ServerUnderTest.start("--port", Integer.toString(port))) {
        assertThat(within(later).epoch()).isEqualTo(client.session().epoch());
        await().until(() -> client.outstanding() == 0);
        assertThat(second.port()).isEqualTo(port);
      }
    }
  }

  @Test
  void shouldSayThatAPlainServerDoesNotAnswer() {
    try (ServerUnderTest server = ServerUnderTest.start("--plain-only")) {
      assertThatThrownBy(() -> to(server).connectTimeout(Duration.ofMillis(300)).connect())
          .isInstanceOfSatisfying(
              ClientException.class,
              e -> assertThat(e.reason()).isEqualTo(ClientException.Reason.NOT_LINECAST));
    }
  }

  @Test
  void shouldStayAliveWhileItsProgramIsSlow() {
    try (ServerUnderTest server = ServerUnderTest.start("--heartbeat", "1");
        LinecastClient listener = to(server).listen().listenOnly().queue(1).connect();
        LinecastClient sender = to(server).connect()) {
      within(sender.send("first"));
      within(sender.send("second"));
      assertThat(listener.events().poll(Duration.ofSeconds(10))).isPresent();
      await().pollDelay(Duration.ofSeconds(4)).until(() -> !listener.ended().isDone());
      assertThat(((Line) next(listener.events())).text()).isEqualTo("second");
    }
  }
}
