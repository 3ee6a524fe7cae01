package io.linecast.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.linecast.client.ScriptedServer;
import io.linecast.client.ScriptedServer.Peer;
import io.linecast.client.TestAuthority;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.IntStream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands by TLS, and with tokens, which nobody gets to see. */
@BlackBox
class IdentityIT {

  private static final String SECRET = "lc_Hush";

  private final TestAuthority authority = TestAuthority.named("the tests' CA");
  private final SSLContext tls = authority.server();
  private final ScriptedServer server = ScriptedServer.start(tls);
  @TempDir private Path folder;
  private String ca;
  private String tokenFile;

  @BeforeEach
  void writeFiles() throws IOException {
    ca = authority.write(folder, "ca").toString();
    tokenFile = Files.writeString(folder.resolve("token"), SECRET + "\nnot this\n").toString();
    Files.writeString(folder.resolve("lines"), "a\n");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private String address() {
    return "linecasts://" + server.address();
  }

  private String lines() {
    return folder.resolve("lines").toString();
  }

  private static String nonce(String hello) {
    return hello.split(" ", -1)[1];
  }

  @Test
  void shouldSendByTlsWithATokenFromAFile() {
    try (Program send =
        Command.start(
            "send", address(), lines(), "--tls-ca", ca, "--token-file", tokenFile, "--quiet")) {
      Peer peer = server.accept();
      acceptWithToken(peer);
      peer.expect("SEND 1 a").say("SENT 1 1 0").expect("QUIT").say("BYE quit").cut();
      Command.expectEnd(send, 0);
      assertThat(send.output()).isEmpty();
    }
  }

  @Test
  void shouldHearByTlsWithATokenFromTheEnvironment() {
    Map<String, String> environment = Map.of("LINECAST_TOKEN", SECRET);
    try (Program listen =
        Command.start(environment, "listen", address(), "--tls-ca", ca, "--count", "1")) {
      Peer peer = server.accept();
      acceptWithToken(peer);
      peer.say("LINE 1 heard").expect("DONE 1", "QUIT").say("BYE quit").cut();
      Command.expectEnd(listen, 0);
      assertThat(listen.stdoutText()).isEqualTo("heard\n");
      assertThat(listen.output()).doesNotContain(SECRET);
    }
  }

  private static void acceptWithToken(Peer peer) {
    String hello = peer.line();
    assertThat(hello).endsWith(" token=" + SECRET);
    String last = hello.contains("publisher=") ? " last=0" : "";
    peer.say(
        "LINECAST/1 "
            + nonce(hello)
            + " ok channel=main next=1 oldest=1 journal=memory epoch=e1 max-line=65536"
            + " heartbeat=15"
            + last);
  }

  @Test
  void shouldSayThatTheTokenIsRefused() {
    for (String name : new String[] {"send", "listen", "chat"}) {
      try (Program program =
          Command.start(name, address(), "--tls-ca", ca, "--token-file", tokenFile)) {
        Peer peer = server.accept();
        peer.say("LINECAST/1 " + nonce(peer.line()) + " no auth there is no such token").cut();
        Command.expectEnd(program, Command.NOT_ADMITTED);
        assertThat(program.output())
            .contains("auth: there is no such token (a token comes by --token-file FILE, or")
            .doesNotContain(SECRET);
      }
    }
  }

  @Test
  void shouldSayThatTheServerIsNotTrusted() {
    try (Program listen = Command.start("listen", address());
        Program plain = Command.start("listen", address(), "--plain")) {
      server.acceptInVain();
      server.acceptInVain();
      Command.expectEnd(listen, Command.NO_TLS);
      Command.expectEnd(plain, Command.NO_TLS);
      assertThat(listen.output()).contains("is not trusted", "--tls-ca FILE");
      assertThat(plain.output()).contains("is not trusted", "--tls-ca FILE");
    }
  }

  @Test
  void shouldSendAndHearPlainLinesByTls() {
    try (Program listen =
        Command.start("listen", address(), "--plain", "--tls-ca", ca, "--count", "1")) {
      server.accept().say("heard");
      Command.expectEnd(listen, 0);
      assertThat(listen.stdoutText()).isEqualTo("heard\n");
    }
    try (Program send = Command.start("send", address(), lines(), "--plain", "--tls-ca", ca)) {
      server.accept().expect("a", "(end)").cut();
      Command.expectEnd(send, 0);
    }
  }

  @Test
  void shouldShowACertificate() {
    String chain = authority.issue("Ed25519").write(folder, "me").toString();
    String key = folder.resolve("me.key").toString();
    server.with(secure -> secure.setNeedClientAuth(true));
    try (Program listen =
        Command.start(
            "listen",
            address(),
            "--plain",
            "--tls-ca",
            ca,
            "--tls-cert",
            chain,
            "--tls-key",
            key,
            "--count",
            "1")) {
      server.accept().say("heard");
      Command.expectEnd(listen, 0);
    }
  }

  @Test
  void shouldShowTheStatusByTlsWithAToken() {
    String status = "{\"version\":\"1.0\",\"channels\":[]}";
    try (StatusServer web = StatusServer.start(tls, status)) {
      expect(0, "linecast 1.0", Map.of("LINECAST_TOKEN", "right"), web.url(), "--tls-ca", ca);
      expect(Command.NOT_ADMITTED, "asks for a token (401)", Map.of(), web.url(), "--tls-ca", ca);
      expect(
          Command.NOT_ADMITTED,
          "does not know this token (401)",
          Map.of("LINECAST_TOKEN", SECRET),
          web.url(),
          "--tls-ca",
          ca);
      expect(
          Command.NOT_ADMITTED,
          "does not allow this (403): it takes the right admin",
          Map.of("LINECAST_TOKEN", "wrong"),
          web.url(),
          "--tls-ca",
          ca);
      expect(Command.NO_TLS, "is not trusted", Map.of(), web.url());
    }
  }

  @Test
  void shouldSayThatAStatusIsNotToBeHadByTls() {
    try (ScriptedServer web = ScriptedServer.start();
        Program top = Command.start("top", "https://" + web.address())) {
      Thread.startVirtualThread(() -> refuseEachWithoutTls(web));
      Command.expectEnd(top, Command.NO_TLS);
      assertThat(top.output()).contains("does it speak TLS? (http:// is without)");
    }
    try (ScriptedServer web = ScriptedServer.start();
        Program top = Command.start("top", "https://" + web.address());
        Peer silent = web.accept()) {
      Command.expectEnd(top, Command.NO_CONNECTION);
      assertThat(top.output()).contains("is it the web port, and does it speak TLS?");
      assertThat(silent.line()).as("what a client of TLS has said").isNotEmpty();
    }
    server.with(secure -> secure.setNeedClientAuth(true));
    try (Program top = Command.start("top", "https://" + server.address(), "--tls-ca", ca)) {
      // Java's client of HTTP may try again by itself.
      Thread.startVirtualThread(() -> IntStream.range(0, 3).forEach(_ -> server.acceptInVain()));
      Command.expectEnd(top, Command.NO_TLS);
      assertThat(top.output()).contains("--tls-cert and --tls-key show it one");
    }
  }

  /**
   * As a server without TLS does. Java's client of HTTP takes an answer that comes while it begins
   * for a connection that has expired, and makes another: to answer the first is not enough.
   */
  private static void refuseEachWithoutTls(ScriptedServer web) {
    try {
      while (true) {
        web.accept().say("HTTP/1.1 400 Bad Request", "");
      }
    } catch (UncheckedIOException e) {
      // The test is over.
    }
  }

  private static void expect(
      int exitCode, String words, Map<String, String> environment, String url, String... flags) {
    try (Program top = Command.start(environment, "top", url, flags)) {
      Command.expectEnd(top, exitCode);
      assertThat(top.output()).contains(words).doesNotContain(SECRET);
    }
  }
}
