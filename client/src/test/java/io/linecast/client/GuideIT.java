package io.linecast.client;

import static io.linecast.client.Connecting.within;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.linecast.client.ScriptedServer.Peer;
import io.linecast.protocol.From;
import io.linecast.protocol.Hello;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples of the guide, {@code docs/client.md}, do what it says. */
class GuideIT {

  private static final Pattern CODE = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

  private final ScriptedServer server = ScriptedServer.start();
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final Examples examples =
      new Examples(server.address(), new PrintStream(printed, true, StandardCharsets.UTF_8));

  @AfterEach
  void close() {
    server.close();
  }

  /** An example that may throw what it likes. */
  private interface Example {
    void run() throws Exception;
  }

  private static CompletableFuture<String> begin(Example example) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            example.run();
            return "done";
          } catch (ClientException e) {
            return e.reason().toString();
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
        });
  }

  private String printed() {
    return printed.toString(StandardCharsets.UTF_8).replace("\r", "");
  }

  @Test
  void shouldSend() {
    CompletableFuture<String> run = begin(examples::send);
    Peer peer = server.accept();
    peer.welcome();
    peer.expect("SEND 1 hello").say("SENT 1 42 7").goodbye();
    assertThat(within(run)).isEqualTo("done");
    assertThat(printed()).isEqualTo("line 42, to 7 others\n");
  }

  @Test
  void shouldListen() {
    CompletableFuture<String> run = begin(examples::listen);
    Peer peer = server.accept();
    peer.welcome();
    peer.say("LINE 1 a", "GAP 2 3 slow", "BYE duplicate over");
    assertThat(within(run)).isEqualTo("SUPERSEDED");
    assertThat(printed()).isEqualTo("a\nmissed: gap: lines 2 to 3: slow\n");
  }

  @Test
  void shouldSendManyAndCountWhatFailed() {
    CompletableFuture<String> run =
        begin(() -> examples.sendMany(List.of(new byte[] {'a'}, new byte[] {'b'})));
    Peer peer = server.accept();
    peer.welcome();
    peer.expect("SEND 1 a", "SEND 2 b").say("SENT 1 1 0", "FAIL 2 rate slowly").goodbye();
    assertThat(within(run)).isEqualTo("done");
    assertThat(printed()).isEqualTo("1 failed\n");
  }

  @Test
  void shouldSendEachLineOnceAcrossRuns(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("report"), "one\ntwo\nthree\n");
    CompletableFuture<String> run = begin(() -> examples.sendEachLineOnceAcrossRuns(file));
    Peer peer = server.accept();
    peer.welcome("next=3 oldest=1 epoch=e1 last=2");
    peer.expect("SEND 3 three").say("SENT 3 3 0").goodbye();
    assertThat(within(run)).isEqualTo("done");
  }

  @Test
  void shouldSendNothingBehindALineThatFails(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("report"), "one\ntwo\nthree\n");
    CompletableFuture<String> run = begin(() -> examples.sendEachLineOnceAcrossRuns(file));
    Peer peer = server.accept();
    peer.welcome("next=2 oldest=1 epoch=e1 last=1");
    peer.expect("SEND 2 two").say("FAIL 2 journal the disk is full").goodbye();
    assertThatThrownBy(() -> within(run)).hasRootCauseInstanceOf(SendException.class);
  }

  @Test
  void shouldNotBeginAnewWhereThePlaceCannotBeRead(@TempDir Path folder) throws IOException {
    Path place = Files.writeString(folder.resolve("place"), "e1");
    CompletableFuture<String> run = begin(() -> examples.goOnWhereTheLastRunEnded(place));
    assertThatThrownBy(() -> within(run)).hasRootCauseInstanceOf(NoSuchElementException.class);
  }

  @Test
  void shouldGoOnWhereTheLastRunEnded(@TempDir Path folder) throws IOException {
    Path place = Files.writeString(folder.resolve("place"), "e1:41");
    CompletableFuture<String> run = begin(() -> examples.goOnWhereTheLastRunEnded(place));
    Peer peer = server.accept();
    Hello hello = peer.welcome("next=43 oldest=1 epoch=e1");
    assertThat(hello.from()).isEqualTo(new From.Line(42));
    peer.say("LINE 42 x").expect("DONE 42").goodbye();
    assertThat(within(run)).isEqualTo("done");
    assertThat(place).hasContent("e1:42");
    assertThat(printed()).isEqualTo("42 x\n");
    assertThat(Position.parse(Files.readString(place))).isPresent();
  }

  @Test
  void shouldSpeakTlsAndBringAToken(@TempDir Path folder) {
    TestAuthority authority = TestAuthority.named("the tests' CA");
    Path ca = authority.write(folder, "ca");
    Path certificate = authority.issue("EC").write(folder, "me");
    try (ScriptedServer secure =
        ScriptedServer.start(authority.server()).with(own -> own.setNeedClientAuth(true))) {
      Examples byTls = new Examples("linecasts://" + secure.address(), System.out);
      CompletableFuture<String> run =
          begin(() -> byTls.tls(ca, certificate, folder.resolve("me.key"), "hush"));
      Peer peer = secure.accept();
      assertThat(peer.welcome().token()).contains("hush");
      peer.expect("SEND 1 hello").say("SENT 1 1 0").goodbye();
      assertThat(within(run)).isEqualTo("done");
    }
  }

  @Test
  void shouldStandInTheGuideWordForWord() throws IOException {
    String source = flat(Path.of("src/test/java/io/linecast/client/Examples.java"));
    Matcher code = CODE.matcher(Files.readString(Path.of("../docs/client.md")));
    int found = 0;
    for (; code.find(); found++) {
      assertThat(source).contains(flat(code.group(1)));
    }
    assertThat(found).as("examples in the guide").isGreaterThan(4);
  }

  private static String flat(Path file) throws IOException {
    return flat(Files.readString(file));
  }

  private static String flat(String code) {
    return code.replaceAll("\\s+", " ").strip();
  }
}
