package io.linecast.acceptance;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The examples with a server that is strange, hostile or stuck, an input that cannot be read and an
 * output that cannot be written. The test plays the server.
 */
@BlackBox
class ExampleFaultsIT {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String NEW = "next=1 oldest=1 epoch=e heartbeat=15";

  @TempDir private static Path folder;
  private ServerSocket server;

  @BeforeEach
  void listen() throws IOException {
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  }

  @AfterEach
  void close() throws IOException {
    server.close();
  }

  static Stream<Arguments> placesOfNumbers() {
    return Stream.of(ExampleLanguage.values())
        .flatMap(
            language ->
                Stream.of(
                    Arguments.of(language, "listen", NEW.replace("15", "NUMBER"), ""),
                    Arguments.of(language, "listen", NEW.replace("next=1", "next=NUMBER"), ""),
                    Arguments.of(language, "listen", NEW, "LINE NUMBER text"),
                    Arguments.of(language, "listen", NEW, "GAP 1 NUMBER slow"),
                    Arguments.of(language, "publish", NEW + " last=NUMBER", ""),
                    Arguments.of(language, "publish", NEW + " last=0", "SENT NUMBER 1 0")));
  }

  @ParameterizedTest
  @MethodSource("placesOfNumbers")
  void shouldEndAndRunNothingWhenWhatIsToBeANumberIsACommand(
      ExampleLanguage language, String example, String answer, String line) {
    Path made = folder.resolve("made-by-the-server");
    // Under "set -u", Bash comes as far as the command only with a variable that is set.
    String command = "UID[$(touch${IFS}" + made + ")]";
    try (Program program = start(language, example);
        LineClient peer = welcome(answer.replace("NUMBER", command))) {
      // It may have ended already, for its answer.
      peer.sendUntilClosed((line.replace("NUMBER", command) + "\n").getBytes(US_ASCII), 1);
      assertThat(program.exitCode(PATIENCE)).isEqualTo(1);
      assertThat(made).doesNotExist();
    }
  }

  @ParameterizedTest
  @EnumSource
  void shouldHearLinesWithoutTheirBlankOrWithLeadingZeros(ExampleLanguage language) {
    try (Program listener = start(language, "listen", "--count", 3);
        LineClient peer = welcome(NEW)) {
      peer.send("LINE 9", "LINE 0010 ten", "LINE 000000000000000011 eleven");
      expectGoodbye(peer, "DONE 11");
      assertThat(listener.exitCode(PATIENCE)).isZero();
      assertThat(listener.stdoutText()).isEqualTo("\nten\neleven\n");
    }
  }

  @ParameterizedTest
  @EnumSource
  void shouldTakeOnlyNumbersForACount(ExampleLanguage language) {
    for (String count : List.of("x", "-1", "1.5", "")) {
      try (Program program = start(language, "listen", "--count", count)) {
        assertThat(program.exitCode(PATIENCE)).as("--count '%s'", count).isEqualTo(2);
        assertThat(program.output()).contains("usage: listen");
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void shouldNotLeaveAfterACountOfZero(ExampleLanguage language) {
    try (Program listener = start(language, "listen", "--count", 0);
        LineClient peer = welcome(NEW)) {
      peer.send("LINE 1 one");
      assertThat(peer.hear()).isEqualTo("DONE 1");
      peer.send("LINE 2 two");
      assertThat(peer.hear()).isEqualTo("DONE 2");
      assertThat(listener.stdoutText()).isEqualTo("one\ntwo\n");
    }
  }

  @ParameterizedTest
  @EnumSource
  void shouldNotSayDoneForALineThatItCannotWrite(ExampleLanguage language) {
    try (Program listener =
            shell(language, "exec \"$@\" >/dev/full", "listen", server.getLocalPort());
        LineClient peer = welcome(NEW)) {
      peer.send("LINE 1 one");
      assertThat(listener.exitCode(PATIENCE)).isEqualTo(1);
      assertThat(listener.output()).contains("cannot write");
      assertThat(peer.hearUntilGone()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void shouldEndInSilenceWhenNobodyReadsItsOutputAnyMore(ExampleLanguage language) {
    String script = "\"$@\" | head -n 1; echo \"ended with ${PIPESTATUS[0]}\" >&2";
    try (Program listener = shell(language, script, "listen", server.getLocalPort());
        LineClient peer = welcome(NEW)) {
      peer.send("LINE 1 enough");
      await().atMost(PATIENCE).until(() -> listener.stdoutText().equals("enough\n"));
      for (int number = 2; listener.isRunning(); number++) {
        peer.sendUntilClosed("LINE %d more%n".formatted(number).getBytes(US_ASCII), 1);
      }
      assertThat(listener.output()).isEqualTo("enough\nlistening from line 1 on\nended with 0\n");
    }
  }

  @ParameterizedTest
  @EnumSource
  void shouldSayThatItCannotReadItsInput(ExampleLanguage language) {
    try (ServerUnderTest real = ServerUnderTest.usual();
        Program publisher = shell(language, "exec \"$@\" 0>/dev/null", "publish", real.port())) {
      assertThat(publisher.exitCode(PATIENCE)).isEqualTo(1);
      assertThat(publisher.output())
          .contains("cannot read the input")
          .contains("acknowledged 0, refused 0, unanswered 0");
    }
  }

  @ParameterizedTest
  @EnumSource
  void shouldNotTakeAFolderForAnEmptyInput(ExampleLanguage language) {
    try (ServerUnderTest real = ServerUnderTest.usual();
        Program publisher = shell(language, "exec \"$@\" </", "publish", real.port())) {
      assertThat(publisher.exitCode(PATIENCE)).isEqualTo(1);
    }
  }

  /** What a server says when it is connected to again that another publisher has talked to. */
  static Stream<Arguments> answersAfterAnother() {
    return Stream.of(ExampleLanguage.values())
        .flatMap(
            language ->
                Stream.of(
                    Arguments.of(language, NEW + " last=8"),
                    Arguments.of(language, NEW.replace("epoch=e", "epoch=f") + " last=6")));
  }

  @ParameterizedTest
  @MethodSource("answersAfterAnother")
  void shouldNoticeThatSomebodyElseHasUsedItsNumbers(ExampleLanguage language, String answer) {
    try (Program publisher = start(language, "publish", "buoy-7")) {
      breakWithTwoLinesUnanswered(publisher);
      try (LineClient peer = welcome(answer)) {
        assertThat(publisher.exitCode(PATIENCE)).isEqualTo(1);
        assertThat(publisher.output())
            .contains("somebody else has published under this name")
            .containsPattern("acknowledged 0, refused 0, unanswered 2, connections 2\n$");
        assertThat(peer.hearUntilGone()).isEmpty();
      }
    }
  }

  /** What it says when it is not, or cannot have been. */
  static Stream<Arguments> answersWithoutAnother() {
    return Stream.of(ExampleLanguage.values())
        .flatMap(
            language ->
                Stream.of(
                    Arguments.of(language, NEW + " last=5", ""),
                    Arguments.of(language, NEW + " last=7", ""),
                    Arguments.of(
                        language, NEW.replace("epoch=e", "epoch=f") + " last=5", "memory")));
  }

  @ParameterizedTest
  @MethodSource("answersWithoutAnother")
  void shouldSendAgainWhatNobodyElseHasNumbered(
      ExampleLanguage language, String answer, String told) {
    try (Program publisher = start(language, "publish", "buoy-7")) {
      breakWithTwoLinesUnanswered(publisher);
      try (LineClient peer = welcome(answer)) {
        assertThat(peer.hear(2)).containsExactly("SEND 6 a", "SEND 7 b");
        peer.send("SENT 6 1 0", "SENT 007 2 0");
        publisher.endInput();
        expectGoodbye(peer, "");
        assertThat(publisher.exitCode(PATIENCE)).isZero();
        assertThat(publisher.output()).contains(told).contains("acknowledged 2");
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void shouldConnectAgainWhenAServerTakesNothingAnyMore(ExampleLanguage language)
      throws IOException {
    Path input = Files.createTempFile(folder, "lines", "");
    Files.writeString(input, ("x".repeat(64_000) + "\n").repeat(120));
    String script = "exec \"${@:1:$#-1}\" <\"${@: -1}\"";
    try (Program publisher = shell(language, script, "publish", server.getLocalPort(), input);
        LineClient frozen = welcome("next=1 oldest=1 epoch=e heartbeat=1 last=0");
        LineClient second = welcome("next=1 oldest=1 epoch=e heartbeat=1 last=0")) {
      assertThat(second.hear()).startsWith("SEND 1 xxx");
      assertThat(publisher.output()).contains("connecting again");
      assertThat(frozen).isNotNull();
    }
  }

  @Test
  void shouldNotWaitForAnAnswerForEverWhereOthersSpeak() {
    List<Program> listeners = new ArrayList<>();
    List<LineClient> peers = new ArrayList<>();
    try {
      for (ExampleLanguage language : ExampleLanguage.values()) {
        listeners.add(start(language, "listen"));
        peers.add(PlayedServer.accept(server));
      }
      await()
          .atMost(PATIENCE)
          .until(
              () -> {
                peers.forEach(peer -> peer.sendUntilClosed("a line\n".getBytes(US_ASCII), 1));
                return listeners.stream().noneMatch(Program::isRunning);
              });
      for (Program listener : listeners) {
        assertThat(listener.exitCode(PATIENCE)).isEqualTo(1);
        assertThat(listener.output()).contains("cannot talk to");
      }
    } finally {
      listeners.forEach(Program::close);
      peers.forEach(LineClient::close);
    }
  }

  /** The publisher has sent lines 6 and 7, and is told of neither. */
  private void breakWithTwoLinesUnanswered(Program publisher) {
    try (LineClient peer = welcome(NEW + " last=5")) {
      publisher.type("a\nb\n");
      assertThat(peer.hear(2)).containsExactly("SEND 6 a", "SEND 7 b");
    }
  }

  private Program start(ExampleLanguage language, String example, Object... arguments) {
    return shell(language, "exec \"$@\"", example, with(server.getLocalPort(), arguments));
  }

  /** Runs a script with the example's command, host, port and what else is given as arguments. */
  private static Program shell(
      ExampleLanguage language, String script, String example, Object... portAndMore) {
    language.assumeInstalled();
    Object[] arguments = with("127.0.0.1", portAndMore);
    return Program.shell(script, language.command(example, folder, arguments).toArray());
  }

  private static Object[] with(Object first, Object... more) {
    return Stream.concat(Stream.of(first), Stream.of(more)).toArray();
  }

  /** The next connection, whose hello is answered. */
  private LineClient welcome(String parameters) {
    LineClient peer = PlayedServer.accept(server);
    String nonce = peer.hear().split(" ", -1)[1];
    peer.send(
        "LINECAST/1 " + nonce + " ok channel=main journal=memory max-line=65536 " + parameters);
    return peer;
  }

  /** What the example says before it leaves. */
  private static void expectGoodbye(LineClient peer, String lastWords) {
    String before = "";
    for (String said = peer.hear(); !said.equals("QUIT"); said = peer.hear()) {
      before = said;
    }
    assertThat(before).isEqualTo(lastWords);
    peer.send("BYE quit all is answered");
    peer.close();
  }
}
