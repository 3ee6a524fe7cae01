package io.linecast.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the examples say to things that servers seldom say: here the test plays the server. */
@BlackBox
class ExampleDialoguesIT {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Pattern HELLO = Pattern.compile("LINECAST/1 ([A-Za-z0-9_-]{8,64}) (.+)");

  @TempDir private static Path folder;

  private ServerSocket server;

  @BeforeEach
  void open() throws IOException {
    server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
  }

  @AfterEach
  void close() throws IOException {
    server.close();
  }

  @ParameterizedTest
  @EnumSource
  void shouldThrowAwayWhatComesBeforeTheAnswer(ExampleLanguage language) {
    try (Program listener = listen(language, 1);
        LineClient connection = PlayedServer.accept(server)) {
      String nonce = nonceOfHello(connection, "from=new");
      connection.send("LINE 1 from a plain client");
      connection.send("LINECAST/1 - no auth forged", "LINECAST/1 forged-nonce ok next=7");
      connection.send("LINECAST/1 " + nonce + " ok" + parameters("a", 40, 15) + " unknown=1");
      connection.send("LINE 41 hello");
      assertThat(connection.hear(2)).containsExactly("DONE 41", "QUIT");
      connection.send("LINE 42 too late", "BYE quit as you asked");
      connection.halfClose();
      assertThat(listener.exitCode(PATIENCE)).isZero();
      assertThat(listener.stdoutText()).isEqualTo("hello\n");
    }
  }

  @ParameterizedTest
  @EnumSource
  void shouldGoOnBehindTheLastLineOrGap(ExampleLanguage language) {
    try (Program listener = listen(language, 3)) {
      try (LineClient connection = accept("from=new", parameters("a", 5, 15))) {
        connection.send("BYE shutting-down before any line");
      }
      try (LineClient connection = accept("from=5 epoch=a", parameters("a", 5, 15))) {
        connection.send("LINE 5 ", "LINE 8 with blanks  ");
        await().until(() -> connection.hear().equals("DONE 8"));
        connection.sendBytes("LINE 9 half".getBytes(UTF_8));
      }
      try (LineClient connection = accept("from=9 epoch=a", parameters("a", 30, 15))) {
        connection.send("GAP 9 20 slow");
        assertThat(connection.hear()).isEqualTo("DONE 20");
      }
      try (LineClient connection = accept("from=21 epoch=a", parameters("b", 1, 15))) {
        connection.send("GAP 21 9223372036854775807 epoch", "BYE overload");
      }
      try (LineClient connection = accept("from=1 epoch=b", parameters("b", 1, 15))) {
        connection.send("LINE 1 a new numbering");
        assertThat(connection.hear(2)).containsExactly("DONE 1", "QUIT");
      }
      assertThat(listener.exitCode(PATIENCE)).isZero();
      assertThat(listener.stdoutText()).isEqualTo("\nwith blanks  \na new numbering\n");
      assertThat(listener.output())
          .contains("gap: lines 9 to 20 will not come: slow")
          .contains("gap: lines 21 to 9223372036854775807 will not come: epoch");
    }
  }

  @ParameterizedTest
  @EnumSource
  void shouldAnswerPingsWhereItListens(ExampleLanguage language) {
    try (Program listener = listen(language, 1);
        LineClient connection = accept("from=new", parameters("a", 1, 15))) {
      connection.send("PING are you there");
      assertThat(connection.hear()).isEqualTo("PONG are you there");
      assertThat(listener.isRunning()).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource
  void shouldAnswerPingsWhereItPublishes(ExampleLanguage language) {
    try (Program publisher = publish(language, "ann");
        LineClient connection = accept("listen=no publisher=ann", parameters("a", 1, 15))) {
      connection.send("PING 1", "PING 2");
      assertThat(connection.hear(2)).containsExactly("PONG 1", "PONG 2");
      assertThat(publisher.isRunning()).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource
  void shouldNotKnockAgainWhereItIsRefused(ExampleLanguage language) {
    try (Program listener = listen(language, 1);
        LineClient connection = PlayedServer.accept(server)) {
      connection.send(
          "LINECAST/1 " + nonceOfHello(connection, "from=new") + " no auth who are you");
      assertThat(listener.exitCode(PATIENCE)).isEqualTo(1);
      assertThat(listener.output()).contains("the server says: auth who are you");
    }
  }

  @ParameterizedTest
  @EnumSource
  void shouldGiveWayToANewerPublisherOfItsName(ExampleLanguage language) {
    try (Program publisher = publish(language, "ann");
        LineClient connection = accept("listen=no publisher=ann", parameters("a", 1, 15))) {
      publisher.type("hello\n");
      assertThat(connection.hear()).isEqualTo("SEND 1 hello");
      connection.send("BYE duplicate a newer connection");
      assertThat(publisher.exitCode(PATIENCE)).isEqualTo(1);
      assertThat(publisher.output())
          .contains("the server says: duplicate a newer connection")
          .contains("acknowledged 0, refused 0, unanswered 1");
    }
  }

  @ParameterizedTest
  @EnumSource
  void shouldSendAgainUnderOldNumbersAndSayWhatMayBeDoubled(ExampleLanguage language) {
    try (Program publisher = publish(language, "ann")) {
      publisher.type("one\ntwo\nthree\n");
      try (LineClient connection = accept("listen=no publisher=ann", last("a", 41))) {
        assertThat(connection.hear(3))
            .containsExactly("SEND 42 one", "SEND 43 two", "SEND 44 three");
        connection.send("SENT 42 7 0");
        connection.sendBytes("SENT 43 8".getBytes(UTF_8));
      }
      try (LineClient connection = accept("listen=no publisher=ann", last("a", 44))) {
        assertThat(connection.hear(2)).containsExactly("SEND 43 two", "SEND 44 three");
        assertThat(publisher.output()).doesNotContain("twice");
        connection.send("SENT 43 8 0");
      }
      try (LineClient connection = accept("listen=no publisher=ann", last("b", 0))) {
        assertThat(connection.hear()).isEqualTo("SEND 44 three");
        publisher.endInput();
        connection.send("SENT 44 1 0");
        assertThat(connection.hear()).isEqualTo("QUIT");
      }
      assertThat(publisher.exitCode(PATIENCE)).isZero();
      assertThat(publisher.output())
          .contains("the server has lost its memory: 1 lines may be heard twice")
          .contains("acknowledged 3, refused 0, unanswered 0, connections 3");
    }
  }

  @ParameterizedTest
  @EnumSource
  void shouldTakeAServerForGoneThatIsSilent(ExampleLanguage language) throws IOException {
    try (ServerSocket other = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        Program listener = start(language, "listen", other.getLocalPort());
        Program publisher = publish(language, "ann");
        LineClient silent = PlayedServer.accept(other);
        LineClient alsoSilent = accept("listen=no publisher=ann", parameters("a", 1, 1))) {
      assertThat(alsoSilent.linesHeard()).isEqualTo(1);
      String nonce = nonceOfHello(silent, "from=new");
      silent.send("LINECAST/1 " + nonce + " ok" + parameters("a", 1, 1));
      try (LineClient again = PlayedServer.accept(other)) {
        assertThat(nonceOfHello(again, "from=1 epoch=a")).isNotEqualTo(nonce);
      }
      try (LineClient again = accept("listen=no publisher=ann", parameters("a", 1, 0))) {
        publisher.type("hello\n");
        assertThat(again.hear()).isEqualTo("SEND 1 hello");
      }
      assertThat(listener.isRunning()).isTrue();
    }
  }

  private Program listen(ExampleLanguage language, int count) {
    return start(language, "listen", server.getLocalPort(), "--count", count);
  }

  private Program publish(ExampleLanguage language, String publisher) {
    return start(language, "publish", server.getLocalPort(), publisher);
  }

  private static Program start(
      ExampleLanguage language, String example, int port, Object... further) {
    language.assumeInstalled();
    Stream<Object> arguments = Stream.concat(Stream.of("127.0.0.1", port), Stream.of(further));
    return language.start(example, folder, arguments.toArray());
  }

  /** The next connection, greeted. */
  private LineClient accept(String hello, String answer) {
    LineClient connection = PlayedServer.accept(server);
    connection.send("LINECAST/1 " + nonceOfHello(connection, hello) + " ok" + answer);
    return connection;
  }

  private static String nonceOfHello(LineClient connection, String parameters) {
    String hello = connection.hear();
    Matcher matcher = HELLO.matcher(hello);
    assertThat(matcher.matches()).as(hello).isTrue();
    assertThat(matcher.group(2)).isEqualTo(parameters);
    return matcher.group(1);
  }

  private static String parameters(String epoch, int next, int heartbeat) {
    return " channel=main next=%d oldest=1 journal=memory epoch=%s max-line=65536 heartbeat=%d last=0"
        .formatted(next, epoch, heartbeat);
  }

  private static String last(String epoch, int last) {
    return parameters(epoch, 1, 15).replace("last=0", "last=" + last);
  }
}
