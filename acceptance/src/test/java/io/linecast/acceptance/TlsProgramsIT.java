package io.linecast.acceptance;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Programs of others speak TLS with it, and find it to be whom its certificate names. */
@BlackBox
class TlsProgramsIT {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** What curl says of a certificate that nobody it trusts vouches for, or that names another. */
  private static final int CURL_DISTRUSTS = 60;

  private static final String PYTHON =
      """
      import socket, ssl, sys
      context = ssl.create_default_context(cafile=sys.argv[3])
      with socket.create_connection((sys.argv[1], int(sys.argv[2]))) as plain:
          with context.wrap_socket(plain, server_hostname=sys.argv[1]) as secure:
              lines = secure.makefile('rw', newline='\\n')
              lines.write('by python\\n')
              lines.flush()
              print(secure.version(), lines.readline(), end='', flush=True)
      """;

  /**
   * It ends its sending before it reads, which Java's own client of TLS 1.2 cannot. It takes record
   * by record, because OpenSSL wants to have none when it says that it ends.
   */
  private static final String PYTHON_THAT_READS_ON =
      """
      import socket, ssl, sys
      context = ssl.create_default_context(cafile=sys.argv[3])
      context.maximum_version = ssl.TLSVersion.TLSv1_2
      incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
      tls = context.wrap_bio(incoming, outgoing, server_hostname=sys.argv[1])
      plain = socket.create_connection((sys.argv[1], int(sys.argv[2])))
      def exchange():
          plain.sendall(outgoing.read())
          head = plain.recv(5, socket.MSG_WAITALL)
          if head:
              incoming.write(head + plain.recv(int.from_bytes(head[3:], 'big'), socket.MSG_WAITALL))
          else:
              incoming.write_eof()
      def done(step):
          while True:
              try:
                  return step()
              except ssl.SSLWantReadError:
                  exchange()
      done(tls.do_handshake)
      try:
          tls.unwrap()
      except ssl.SSLWantReadError:
          plain.sendall(outgoing.read())
      try:
          while True:
              sys.stdout.buffer.write(done(lambda: tls.read(65536)))
      except ssl.SSLZeroReturnError:
          print(tls.version(), file=sys.stderr)
      """;

  @TempDir private static Path folder;

  private static Path ca;
  private static ServerUnderTest server;

  @BeforeAll
  static void start() throws IOException {
    ca = folder.resolve("ca.pem");
    Files.writeString(folder.resolve("lines.py"), PYTHON);
    server = ServerUnderTest.start("--tls-self-signed=" + ca, "--web-port", "0");
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
  }

  /** In the script, {@code $1} is the host, {@code $2} a port, {@code $3} the CA file. */
  private static Program program(String name, String script, Object... more) {
    SearchPath.assumeThereIs(name);
    List<Object> arguments = new ArrayList<>(List.of(server.host(), server.port(), ca));
    arguments.addAll(Arrays.asList(more));
    return Program.shell(script, arguments.toArray());
  }

  private static Program curl(String script) {
    SearchPath.assumeThereIs("curl");
    return Program.shell(script, server.host(), server.web("/").getPort(), ca);
  }

  /** Somebody who hears all lines, over HTTPS. */
  private static Program follower() {
    Program follower =
        curl("exec curl -sSN -D /dev/stderr --cacert \"$3\" \"https://$1:$2/lines\"");
    Command.awaitWords(follower, "linecast-first");
    return follower;
  }

  private static void post(String line) {
    try (Program curl =
        Program.shell(
            "exec curl -sSf --cacert \"$3\" --data-binary \"$4\" \"https://$1:$2/lines\"",
            server.host(),
            server.web("/").getPort(),
            ca,
            line)) {
      Command.expectEnd(curl, 0);
      assertThat(curl.stdoutText()).contains("\"first\"");
    }
  }

  private static void awaitLine(Program program, String line) {
    await(line).atMost(PATIENCE).until(() -> program.stdoutText().contains(line + "\n"));
  }

  @ParameterizedTest
  @CsvSource({"-tls1_2, TLSv1.2", "-tls1_3, TLSv1.3"})
  void shouldSpeakWithOpensslInBothVersions(String version, String spoken) {
    try (Program follower = follower();
        Program openssl =
            program(
                "openssl",
                "exec openssl s_client -brief -ign_eof -verify_return_error -CAfile \"$3\""
                    + " -verify_ip \"$1\" \"$4\" -connect \"$1:$2\"",
                version)) {
      openssl.type("by openssl " + version + "\n");
      awaitLine(follower, "by openssl " + version);
      post("to openssl " + version);
      awaitLine(openssl, "to openssl " + version);
      assertThat(openssl.output())
          .contains("Protocol version: " + spoken)
          .contains("Server Temp Key");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-tls1_1",
        "-tls1_2 -cipher AES128-GCM-SHA256",
        "-tls1_2 -cipher ECDHE-ECDSA-AES128-SHA:ECDHE-RSA-AES128-SHA"
      })
  void shouldSpeakNothingWeak(String options) {
    try (Program openssl =
        program("openssl", "openssl s_client -brief $4 -connect \"$1:$2\" </dev/null", options)) {
      assertThat(openssl.exitCode(PATIENCE)).as(openssl.output()).isNotZero();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"-CAfile \"$3\" -verify_hostname other.example", "-verify_ip \"$1\""})
  void shouldNotBeTakenForAnotherByOpenssl(String trust) {
    try (Program openssl =
        program(
            "openssl",
            "openssl s_client -brief -verify_return_error "
                + trust
                + " -connect \"$1:$2\" </dev/null")) {
      assertThat(openssl.exitCode(PATIENCE)).isNotZero();
      assertThat(openssl.output()).contains("verify error");
    }
  }

  @Test
  void shouldSpeakWithPython() {
    try (Program follower = follower();
        Program python =
            program("python3", "exec python3 \"$4\" \"$@\"", folder.resolve("lines.py"))) {
      awaitLine(follower, "by python");
      post("to python");
      Command.expectEnd(python, 0);
      assertThat(python.stdoutText()).isEqualTo("TLSv1.3 to python\n");
    }
  }

  @Test
  void shouldSendAWholeBacklogByTls12ToAPythonThatHasEndedItsSending() throws IOException {
    SearchPath.assumeThereIs("python3");
    Path script = Files.writeString(folder.resolve("late.py"), PYTHON_THAT_READS_ON);
    Path own = folder.resolve("own-ca.pem");
    String lines = IntStream.range(0, 200_000).mapToObj("line %d\n"::formatted).collect(joining());
    Path file = Files.writeString(folder.resolve("lines"), lines);
    try (ServerUnderTest kept =
        ServerUnderTest.start("--tls-self-signed=" + own, "--history", "200000")) {
      String address = "linecasts://localhost:" + kept.port();
      try (Program send =
          Command.start("send", address, file.toString(), "--tls-ca", own.toString(), "--quiet")) {
        Command.expectEnd(send, 0);
      }
      try (Program late =
          Program.shell("exec python3 \"$4\" \"$@\"", kept.host(), kept.port(), own, script)) {
        Command.expectEnd(late, 0);
        assertThat(late.output()).endsWith("TLSv1.2\n");
        assertThat(late.stdoutText()).isEqualTo(lines);
      }
    }
  }

  @Test
  void shouldSpeakWithSocat() {
    try (Program follower = follower();
        Program socat = program("socat", "exec socat - \"OPENSSL:$1:$2,cafile=$3,verify=1\"")) {
      speaks(follower, socat, "socat");
    }
  }

  @Test
  void shouldSpeakWithNcat() {
    try (Program follower = follower();
        Program ncat =
            program("ncat", "exec ncat --ssl-verify --ssl-trustfile \"$3\" localhost \"$2\"")) {
      speaks(follower, ncat, "ncat");
    }
  }

  private static void speaks(Program follower, Program other, String name) {
    other.type("by " + name + "\n");
    awaitLine(follower, "by " + name);
    post("to " + name);
    awaitLine(other, "to " + name);
    other.endInput();
    assertThat(other.exitCode(PATIENCE)).as(other.report()).isZero();
  }

  @Test
  void shouldSendEventsToCurl() {
    try (Program events =
        curl(
            "exec curl -sSN -D /dev/stderr --cacert \"$3\" -H 'Accept: text/event-stream'"
                + " \"https://$1:$2/lines\"")) {
      Command.awaitWords(events, "text/event-stream");
      post("an event");
      awaitLine(events, "data: an event");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"https://$1:$2/health/live\"",
        "--cacert \"$3\" --resolve other.example:$2:$1 \"https://other.example:$2/health/live\""
      })
  void shouldNotBeTakenForAnotherByCurl(String how) {
    try (Program curl = curl("exec curl -sS " + how)) {
      Command.expectEnd(curl, CURL_DISTRUSTS);
    }
  }

  @Test
  void shouldSpeakWithItsOwnCommands() {
    String address = "linecasts://localhost:" + server.port();
    try (Program listen =
        Command.start(Map.of(), "listen", address, "--tls-ca", ca.toString(), "--count", "1")) {
      Command.awaitWords(listen, "hearing");
      post("by https");
      Command.expectEnd(listen, 0);
      assertThat(listen.stdoutText()).isEqualTo("by https\n");
    }
    try (Program stranger = Command.start("listen", address)) {
      Command.expectEnd(stranger, Command.NO_TLS);
    }
  }
}
