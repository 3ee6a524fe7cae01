package io.linecast.acceptance;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The examples do what they say. Lines are held as text with a character for each byte. */
@BlackBox
class ExamplesIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int LINES = 2_000;
  private static final int CUTS = 8;
  private static final int CUT_BYTES_MAX = 12_000; // all cuts come before the last line can pass

  @TempDir private static Path folder;
  private static ServerUnderTest server;

  @BeforeAll
  static void start() {
    server = ServerUnderTest.usual();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @ParameterizedTest
  @EnumSource
  void shouldPublishLinesOfWhateverBytes(ExampleLanguage language) {
    List<String> lines = AwkwardLines.random(LINES, 1, language.holdsNul());
    try (LineClient listener = LineClient.joined(server, 1).getFirst();
        Program publisher = publish(language, server.port(), lines)) {
      assertHears(listener, lines);
      assertAcknowledged(publisher, LINES);
    }
  }

  @ParameterizedTest
  @EnumSource
  void shouldPublishALineAsSoonAsItIsTyped(ExampleLanguage language) {
    try (LineClient listener = LineClient.joined(server, 1).getFirst();
        Program publisher = start(language, "publish", server.host(), server.port())) {
      publisher.type("first\n");
      assertThat(listener.hear()).isEqualTo("first");
      publisher.type("second\nthird");
      assertThat(listener.hear()).isEqualTo("second");
      publisher.endInput();
      assertThat(listener.hear()).as("a last line without its LF").isEqualTo("third");
      assertAcknowledged(publisher, 3);
    }
  }

  @ParameterizedTest
  @EnumSource
  void shouldTellWhichLineWasRefused(ExampleLanguage language) {
    List<String> lines = List.of("before", "x".repeat(70_000), "after");
    try (LineClient listener = LineClient.joined(server, 1).getFirst();
        Program publisher = publish(language, server.port(), lines)) {
      assertThat(listener.hear(2)).containsExactly("before", "after");
      assertThat(publisher.exitCode(PATIENCE)).isEqualTo(1);
      assertThat(publisher.output())
          .contains("line 2 is refused: too-long")
          .contains("acknowledged 2, refused 1, unanswered 0");
    }
  }

  @ParameterizedTest
  @EnumSource
  void shouldHearLinesOfWhateverBytesUpToACount(ExampleLanguage language) {
    List<String> lines = AwkwardLines.random(LINES, 2, language.holdsNul());
    try (Program listener = listen(language, server.port(), LINES - 10);
        LineClient sender = server.connect()) {
      sender.sendBytes(AwkwardLines.bytes(lines));
      assertHeard(listener, lines.subList(0, LINES - 10));
    }
  }

  static Stream<Arguments> pairs() {
    return Stream.of(ExampleLanguage.values())
        .flatMap(
            publisher ->
                Stream.of(ExampleLanguage.values())
                    .map(listener -> Arguments.of(publisher, listener)));
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void shouldSpeakWithEachOther(ExampleLanguage publishing, ExampleLanguage listening) {
    List<String> lines =
        AwkwardLines.random(LINES, 3, publishing.holdsNul() && listening.holdsNul());
    try (Program listener = listen(listening, server.port(), LINES);
        Program publisher = publish(publishing, server.port(), lines)) {
      assertHeard(listener, lines);
      assertAcknowledged(publisher, LINES);
    }
  }

  static Stream<Arguments> languagesAndSeeds() {
    return Stream.of(ExampleLanguage.values())
        .flatMap(
            language ->
                LongStream.rangeClosed(1, 3).mapToObj(seed -> Arguments.of(language, seed)));
  }

  @ParameterizedTest
  @MethodSource("languagesAndSeeds")
  void shouldPublishEachLineOnceOverConnectionsThatAreCut(ExampleLanguage language, long seed) {
    List<String> lines = AwkwardLines.random(LINES, seed, language.holdsNul());
    try (CuttingProxy proxy = CuttingProxy.start(server.address(), seed, CUTS, CUT_BYTES_MAX);
        LineClient listener = LineClient.joined(server, 1).getFirst();
        Program publisher = publish(language, proxy.port(), lines)) {
      assertHears(listener, lines);
      assertAcknowledged(publisher, LINES);
      assertThat(proxy.cutsMade()).isEqualTo(CUTS);
      listener.expectSilence(Duration.ofMillis(50));
    }
  }

  @ParameterizedTest
  @MethodSource("languagesAndSeeds")
  void shouldHearEachLineOnceOverConnectionsThatAreCut(ExampleLanguage language, long seed) {
    List<String> lines = AwkwardLines.random(LINES, seed, language.holdsNul());
    try (CuttingProxy proxy = CuttingProxy.start(server.address(), seed, CUTS, CUT_BYTES_MAX);
        Program listener = listen(language, proxy.port(), LINES);
        LineClient sender = server.connect()) {
      sender.sendBytes(AwkwardLines.bytes(lines));
      assertHeard(listener, lines);
      assertThat(proxy.cutsMade()).isEqualTo(CUTS);
      assertThat(listener.output()).doesNotContain("gap");
    }
  }

  @ParameterizedTest
  @EnumSource
  void shouldTellOfTheGapThatARestartOfTheServerMakes(ExampleLanguage language) {
    int port = ServerUnderTest.freePort();
    try (ServerUnderTest first = ServerUnderTest.start("--port", "" + port);
        Program listener = listen(language, port, 2)) {
      try (LineClient sender = first.connect()) {
        sender.send("before");
        await().until(() -> listener.stdoutText().equals("before\n"));
      }
      first.stop();
      try (ServerUnderTest second = ServerUnderTest.start("--port", "" + port);
          LineClient sender = second.connect()) {
        sender.send("after");
        assertHeard(listener, List.of("before", "after"));
      }
      assertThat(listener.output())
          .contains("gap: lines 2 to 9223372036854775807 will not come: epoch");
    }
  }

  @ParameterizedTest
  @EnumSource
  void shouldStayConnectedWhileThereIsNothingToSay(ExampleLanguage language) {
    try (ServerUnderTest nervous = ServerUnderTest.start("--heartbeat", "1s");
        Program listener = listen(language, nervous.port(), 1);
        Program publisher = start(language, "publish", nervous.host(), nervous.port());
        LineClient bystander = nervous.connect()) {
      bystander.expectSilence(Duration.ofSeconds(5));
      publisher.type("at last\n");
      assertThat(bystander.hear()).isEqualTo("at last");
      publisher.endInput();
      assertHeard(listener, List.of("at last"));
      assertAcknowledged(publisher, 1);
      assertThat(listener.output() + publisher.output()).doesNotContain("connecting again");
    }
  }

  @ParameterizedTest
  @EnumSource
  void shouldSayThatThereIsNoServer(ExampleLanguage language) {
    language.assumeInstalled();
    int port = ServerUnderTest.freePort();
    for (String example : List.of("publish", "listen")) {
      try (Program program = start(language, example, "127.0.0.1", port)) {
        assertThat(program.exitCode(PATIENCE)).isEqualTo(1);
        assertThat(program.output())
            .contains("cannot talk to 127.0.0.1:" + port)
            .containsIgnoringCase("refused");
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void shouldSayHowTheyAreUsed(ExampleLanguage language) {
    language.assumeInstalled();
    for (String example : List.of("publish", "listen")) {
      try (Program program = start(language, example, "127.0.0.1")) {
        assertThat(program.exitCode(PATIENCE)).isEqualTo(2);
        assertThat(program.output()).contains("usage: " + example).contains("HOST PORT");
      }
    }
  }

  private static Program start(ExampleLanguage language, String example, Object... arguments) {
    language.assumeInstalled();
    return language.start(example, folder, arguments);
  }

  private static Program publish(ExampleLanguage language, int port, List<String> lines) {
    language.assumeInstalled();
    try {
      Path input = Files.createTempFile(folder, "lines", "");
      Files.write(input, AwkwardLines.bytes(lines));
      List<String> command = language.command("publish", folder, server.host(), port);
      return Program.shell(
          "exec \"${@:2}\" <\"$1\"", Stream.concat(Stream.of(input), command.stream()).toArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A listener that hears what is sent from now on. */
  private static Program listen(ExampleLanguage language, int port, int count) {
    Program listener = start(language, "listen", server.host(), port, "--count", count);
    await()
        .atMost(PATIENCE)
        .until(() -> listener.output().contains("listening from line") || !listener.isRunning());
    return listener;
  }

  private static void assertAcknowledged(Program publisher, int count) {
    assertThat(publisher.exitCode(PATIENCE)).isZero();
    assertThat(publisher.output())
        .contains("acknowledged %d, refused 0, unanswered 0".formatted(count));
  }

  private static void assertHears(LineClient listener, List<String> lines) {
    List<String> heard =
        Stream.generate(() -> new String(listener.hearBytes(), ISO_8859_1))
            .limit(lines.size())
            .toList();
    assertSame(heard, lines);
  }

  private static void assertHeard(Program listener, List<String> lines) {
    assertThat(listener.exitCode(PATIENCE)).isZero();
    String heard = new String(listener.stdout(), ISO_8859_1);
    assertThat(heard).endsWith("\n");
    assertSame(Arrays.asList(heard.substring(0, heard.length() - 1).split("\n", -1)), lines);
  }

  /** One by one, so that the first one that is wrong is shown, and not all that there are. */
  private static void assertSame(List<String> heard, List<String> lines) {
    for (int i = 0; i < Math.min(heard.size(), lines.size()); i++) {
      assertThat(heard.get(i)).as("line %d", i + 1).isEqualTo(lines.get(i));
    }
    assertThat(heard).hasSameSizeAs(lines);
  }
}
