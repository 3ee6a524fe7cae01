package io.linecast.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** What is heard of what is sent: the first promise. */
@BlackBox
@ParameterizedClass
@MethodSource("io.linecast.acceptance.Transport#underTest")
class RelayIT {
  private static ServerUnderTest server;

  @Parameter Transport transport;

  private LineClient alice;
  private LineClient bob;
  private LineClient carol;

  @BeforeParameterizedClassInvocation
  static void start(Transport transport) {
    server = ServerUnderTest.usual(transport);
  }

  @AfterParameterizedClassInvocation
  static void stop() {
    server.close();
  }

  @BeforeEach
  void join() {
    List<LineClient> clients = LineClient.joined(server, 3);
    alice = clients.get(0);
    bob = clients.get(1);
    carol = clients.get(2);
  }

  @AfterEach
  void leave() {
    alice.close();
    bob.close();
    carol.close();
  }

  @Test
  void shouldRelayALineToEveryOtherClient() {
    alice.send("a line");
    assertThat(bob.hear()).isEqualTo("a line");
    assertThat(carol.hear()).isEqualTo("a line");
  }

  @Test
  void shouldNeverSendALineBackToItsSender() {
    alice.send("mine");
    assertThat(bob.hear()).isEqualTo("mine");
    bob.send("yours");
    assertThat(alice.hear()).isEqualTo("yours");
    assertThat(carol.hear(2)).containsExactly("mine", "yours");
  }

  @Test
  void shouldRelayEveryByteButTheLineFeedAsItIs() {
    byte[] all = new byte[256];
    IntStream.range(0, 256).forEach(i -> all[i] = (byte) (i == '\n' ? '\r' : i));
    alice.sendBytes(all);
    alice.sendBytes(new byte[] {'\n'});
    assertThat(bob.hearBytes()).isEqualTo(all);
    assertThat(carol.hearBytes()).isEqualTo(all);
  }

  @Test
  void shouldTreatCarriageReturnAndNulAsData() {
    alice.sendBytes(new byte[] {'\r', '\n', 0, '\n', 'x', '\r', 0, '\r', '\n'});
    assertThat(bob.hearBytes()).containsExactly('\r');
    assertThat(bob.hearBytes()).containsExactly(0);
    assertThat(bob.hearBytes()).containsExactly('x', '\r', 0, '\r');
  }

  @Test
  void shouldTakeAnEmptyLineForALine() {
    alice.send("", "", "between", "");
    assertThat(bob.hear(4)).containsExactly("", "", "between", "");
  }

  @Test
  void shouldKeepTheOrderOfOneSender() {
    String[] lines = IntStream.range(0, 10_000).mapToObj(Integer::toString).toArray(String[]::new);
    alice.send(lines);
    assertThat(bob.hear(lines.length)).containsExactly(lines);
    assertThat(carol.hear(lines.length)).containsExactly(lines);
  }

  @Test
  void shouldHoldALineBackUntilItIsWhole() {
    alice.sendBytes(new byte[] {'h', 'a'});
    bob.send("meanwhile");
    assertThat(carol.hear()).isEqualTo("meanwhile");
    carol.expectSilence(Duration.ofMillis(200));
    alice.send("lf");
    assertThat(carol.hear()).isEqualTo("half");
    assertThat(bob.hear()).isEqualTo("half");
  }

  @Test
  void shouldPutALineTogetherThatComesByteByByte() {
    byte[] bytes = "one byte at a time\nand another\n".getBytes(UTF_8);
    for (byte b : bytes) {
      alice.sendBytes(new byte[] {b});
    }
    assertThat(bob.hear(2)).containsExactly("one byte at a time", "and another");
  }

  @Test
  void shouldRelayLinesOfAllLengthsHoweverTheyArriveInPieces() {
    long seed = 20_260_101;
    Random random = new Random(seed);
    ByteArrayOutputStream sent = new ByteArrayOutputStream();
    for (int i = 0; i < 300; i++) {
      byte[] line = new byte[random.nextInt(i % 10 == 0 ? 60_000 : 200)];
      random.nextBytes(line);
      sent.writeBytes(line);
      sent.write('\n');
    }
    byte[] bytes = sent.toByteArray();
    for (int from = 0, to; from < bytes.length; from = to) {
      to = Math.min(bytes.length, from + 1 + random.nextInt(9_000));
      alice.sendBytes(Arrays.copyOfRange(bytes, from, to));
    }
    ByteArrayOutputStream heard = new ByteArrayOutputStream();
    while (heard.size() < bytes.length) {
      heard.writeBytes(bob.hearBytes());
      heard.write('\n');
    }
    assertThat(heard.toByteArray()).as("seed %d", seed).isEqualTo(bytes);
  }

  @Test
  void shouldEndAnUnfinishedLastLineWithALineFeedWhenItsSenderEndsItsInput() {
    alice.sendBytes("whole\nunfinished".getBytes(UTF_8));
    alice.halfClose();
    assertThat(bob.hear(2)).containsExactly("whole", "unfinished");
    bob.send("the next");
    assertThat(carol.hear(3)).containsExactly("whole", "unfinished", "the next");
  }

  @Test
  void shouldEndAnUnfinishedLastLineWithALineFeedWhenItsSenderCloses() {
    alice.sendBytes("unfinished".getBytes(UTF_8));
    alice.close();
    assertThat(bob.hear()).isEqualTo("unfinished");
  }

  @Test
  void shouldAddNoLineToInputThatEndsWithAWholeLine() {
    alice.send("whole");
    alice.halfClose();
    assertThat(bob.hear()).isEqualTo("whole");
    alice.expectEnd();
    bob.send("the next");
    assertThat(carol.hear(2)).containsExactly("whole", "the next");
  }

  @Test
  void shouldDropTheUnfinishedLineOfASenderThatResets() {
    alice.sendBytes("whole\nunfinished".getBytes(UTF_8));
    assertThat(bob.hear()).isEqualTo("whole");
    alice.reset();
    Fence.gather(server, bob, carol);
    assertThat(bob.strays()).isEmpty();
    assertThat(carol.strays()).containsExactly("whole");
  }

  @Test
  void shouldSendAHalfClosedClientWhatWasAcceptedAndThenEndInAnOrderlyWay() {
    String[] lines =
        IntStream.range(0, 5_000).mapToObj("line %d"::formatted).toArray(String[]::new);
    bob.send(lines);
    assertThat(carol.hear(lines.length)).containsExactly(lines);
    alice.send("my last");
    alice.halfClose();
    assertThat(bob.hear()).isEqualTo("my last");
    assertThat(alice.hearToTheEnd()).containsExactly(lines);
  }

  @Test
  void shouldLetAClientHearOnlyWhatWasAcceptedAfterItJoined() {
    alice.send("before");
    assertThat(bob.hear()).isEqualTo("before");
    try (LineClient late = server.connect()) {
      Fence.gather(server, late);
      assertThat(late.strays()).isEmpty();
      alice.send("after");
      assertThat(late.hear()).isEqualTo("after");
    }
  }

  @Test
  void shouldPutNoByteOfItsOwnIntoAStreamAndLetAClientBeSilent() {
    try (LineClient silent = server.connect()) {
      silent.expectSilence(Duration.ofSeconds(2));
      Fence.gather(server, silent);
      assertThat(silent.strays()).isEmpty();
      alice.send("at last");
      assertThat(silent.hear()).isEqualTo("at last");
    }
  }
}
