package io.linecast.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.linecast.client.ClientException.Reason;
import io.linecast.client.ScriptedServer.Peer;
import io.linecast.protocol.From;
import io.linecast.protocol.GapReason;
import io.linecast.protocol.Hello;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ListenIT {

  private final ScriptedServer server = ScriptedServer.start();

  @AfterEach
  void close() {
    server.close();
  }

  private static Line line(Event event) {
    assertThat(event).isInstanceOf(Line.class);
    return (Line) event;
  }

  private static Event next(Events events) {
    return events.poll(Duration.ofSeconds(10)).orElseThrow();
  }

  @Test
  void shouldHandOutLinesByteForByte() {
    Connecting connecting = server.begin(server.client().listen());
    Peer peer = server.accept();
    assertThat(peer.welcome("next=5 oldest=1 epoch=e1").listen()).isTrue();
    Events events = connecting.client().events();
    peer.say("LINE 5 a\u0000 b\r", "LINE 6 ", "LINE 7", "LINE 9 ü");
    assertThat(line(next(events)).bytes()).containsExactly('a', 0, ' ', 'b', '\r');
    assertThat(line(next(events)).bytes()).isEmpty();
    assertThat(line(next(events)).text()).isEmpty();
    Line last = line(next(events));
    assertThat(last.text()).isEqualTo("ü");
    assertThat(last.seq()).isEqualTo(9);
    assertThat(last.epoch()).isEqualTo("e1");
  }

  @Test
  void shouldHandOutGapsInTheirPlace() {
    Connecting connecting = server.begin(server.client().listen(new From.Line(3)));
    Peer peer = server.accept();
    assertThat(peer.welcome("next=9 oldest=6 epoch=e1").from()).isEqualTo(new From.Line(3));
    Events events = connecting.client().events();
    peer.say("GAP 3 5 expired", "LINE 6 x", "GAP 7 8 slow");
    assertThat(next(events))
        .isEqualTo(new Gap(3, 5, GapReason.EXPIRED, "e1", new Position("e1", 5)));
    assertThat(line(next(events)).seq()).isEqualTo(6);
    assertThat(next(events)).isEqualTo(new Gap(7, 8, GapReason.SLOW, "e1", new Position("e1", 8)));
  }

  @Test
  void shouldHandOutNumbersThatNoLineHasAsNoLoss() {
    Connecting connecting = server.begin(server.client().listen());
    Peer first = server.accept();
    first.welcome("next=1 oldest=1 epoch=e1");
    first.say("LINE 1 a", "GAP 2 4 void");
    Events events = connecting.client().events();
    assertThat(line(next(events)).seq()).isEqualTo(1);
    Gap gap = (Gap) next(events);
    assertThat(gap).isEqualTo(new Gap(2, 4, GapReason.VOID, "e1", new Position("e1", 4)));
    assertThat(gap.reason().isLoss()).isFalse();
    first.cut();
    assertThat(server.accept().hello().from()).isEqualTo(new From.Line(5));
  }

  @ParameterizedTest
  @CsvSource({"new, 9", "oldest, 4", "-3, 6", "-100, 4", "7, 7"})
  void shouldGoOnWhereItBeganIfNothingHasComeYet(String from, long resumed) {
    Connecting connecting = server.begin(server.client().listen(From.parse(from).orElseThrow()));
    Peer first = server.accept();
    first.welcome("next=9 oldest=4 epoch=e1");
    assertThat(connecting.client().session().next()).isEqualTo(9);
    first.cut();
    Hello hello = server.accept().hello();
    assertThat(hello.from()).isEqualTo(new From.Line(resumed));
    assertThat(hello.epoch()).contains("e1");
  }

  @Test
  void shouldGoOnBehindTheLastLineItHasReceived() {
    Connecting connecting = server.begin(server.client().listen().listenOnly());
    Peer first = server.accept();
    assertThat(first.welcome().publisher()).isEmpty();
    Events events = connecting.client().events();
    first.say("LINE 1 a", "LINE 2 b").sayExactly("LINE 3 hal").cut();
    Peer second = server.accept();
    assertThat(second.welcome("next=4 oldest=1 epoch=e1").from()).isEqualTo(new From.Line(3));
    second.say("LINE 3 half no more");
    assertThat(next(events)).hasToString("1 a");
    assertThat(next(events)).hasToString("2 b");
    assertThat(next(events)).hasToString("3 half no more");
  }

  @Test
  void shouldReportANewNumberingAsAGap() {
    Connecting connecting = server.begin(server.client().listen());
    Peer first = server.accept();
    first.welcome();
    Events events = connecting.client().events();
    first.say("LINE 1 a");
    assertThat(line(next(events)).epoch()).isEqualTo("e1");
    first.reset();
    Peer second = server.accept();
    second.welcome("next=6 oldest=5 epoch=e2");
    second.cut(); // before the gap was said: it must be asked for again
    Peer third = server.accept();
    assertThat(third.welcome("next=6 oldest=5 epoch=e2").epoch()).contains("e1");
    third.say("GAP 2 9223372036854775807 epoch", "LINE 5 b");
    assertThat(next(events))
        .isEqualTo(new Gap(2, Long.MAX_VALUE, GapReason.EPOCH, "e1", new Position("e2", 4)));
    assertThat(line(next(events)).epoch()).isEqualTo("e2");
    third.cut();
    Hello fourth = server.accept().hello();
    assertThat(fourth.epoch()).contains("e2");
    assertThat(fourth.from()).isEqualTo(new From.Line(6));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -3})
  void shouldTakeNoNumberToBeginWithThatIsNone(long number) {
    assertThatThrownBy(() -> server.client().listen(new From.Line(number)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> server.client().listen(new From.Last(number)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void shouldBeginBehindAPositionThatWasKept() {
    server.begin(server.client().listen(Position.parse("e1:41").orElseThrow()));
    Hello hello = server.accept().hello();
    assertThat(hello.from()).isEqualTo(new From.Line(42));
    assertThat(hello.epoch()).contains("e1");
  }

  @ParameterizedTest
  @CsvSource({"new, e1:8", "oldest, e1:3", "-3, e1:5", "7, e1:6"})
  void shouldKnowItsPlaceBeforeAnythingIsHeard(String from, String place) {
    Connecting connecting = server.begin(server.client().listen(From.parse(from).orElseThrow()));
    server.accept().welcome("next=9 oldest=4 epoch=e1");
    assertThat(connecting.client().position()).isEqualTo(Position.parse(place)).isPresent();
  }

  @Test
  void shouldEndWhenALineComesTwice() {
    Connecting connecting = server.begin(server.client().listen());
    Peer peer = server.accept();
    peer.welcome();
    Events events = connecting.client().events();
    peer.say("LINE 1 a", "LINE 1 a");
    assertThat(next(events)).hasToString("1 a");
    assertThatThrownBy(() -> events.iterator().hasNext())
        .isInstanceOfSatisfying(
            ClientException.class, e -> assertThat(e.reason()).isEqualTo(Reason.PROTOCOL));
  }

  @Test
  void shouldSayDoneWhenTheNextIsAskedFor() {
    Connecting connecting = server.begin(server.client().listen());
    Peer peer = server.accept();
    peer.welcome();
    LinecastClient client = connecting.client();
    peer.say("LINE 1 a", "GAP 2 4 slow");
    next(client.events());
    assertThat(client.position()).contains(new Position("e1", 0));
    next(client.events());
    peer.expect("DONE 1");
    assertThat(client.position()).contains(new Position("e1", 1));
    assertThat(client.events().poll(Duration.ZERO)).isEmpty();
    peer.expect("DONE 4");
  }

  @Test
  void shouldSayDoneOnlyWhenToldToIfItIsByHand() {
    Connecting connecting = server.begin(server.client().listen().doneByHand());
    Peer peer = server.accept();
    peer.welcome();
    LinecastClient client = connecting.client();
    peer.say("LINE 1 a", "LINE 2 b");
    Event first = next(client.events());
    Event second = next(client.events());
    assertThat(client.events().poll(Duration.ZERO)).isEmpty();
    assertThat(client.position()).contains(new Position("e1", 0));
    client.done(second);
    peer.expect("DONE 2");
    client.done(first);
    assertThat(client.position()).as("dealt with out of order").contains(new Position("e1", 2));
  }

  @Test
  void shouldNotSayDoneForTheLinesOfAnEarlierNumbering() {
    Connecting connecting = server.begin(server.client().listen());
    Peer first = server.accept();
    first.welcome("next=100 oldest=100 epoch=e1");
    LinecastClient client = connecting.client();
    first.say("LINE 100 a");
    Event old = next(client.events());
    first.cut();
    Peer second = server.accept();
    second.welcome("next=1 oldest=1 epoch=e2");
    second.say("GAP 101 9223372036854775807 epoch", "LINE 1 b");
    assertThat(next(client.events())).isInstanceOf(Gap.class);
    client.done(old);
    client.done(next(client.events()));
    assertThat(second.line()).isEqualTo("DONE 1");
  }
}
