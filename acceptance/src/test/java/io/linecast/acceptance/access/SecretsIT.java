package io.linecast.acceptance.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.linecast.acceptance.BlackBox;
import io.linecast.acceptance.LineClient;
import io.linecast.acceptance.ServerUnderTest;
import io.linecast.acceptance.TokenStore;
import io.linecast.acceptance.Transport;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** What is secret is said nowhere, however much is said. */
@BlackBox
@ParameterizedClass
@MethodSource("io.linecast.acceptance.Transport#underTest")
record SecretsIT(Transport transport) {

  private static final String WRONG = "lc_wrong-but-somebodys-own";

  @Test
  void shouldWriteNoSecretToItsLogNorIntoAnAnswer() {
    TokenStore tokens = TokenStore.empty();
    String ann = tokens.add("ann");
    String listener = tokens.add("listener", "--rights", "listen");
    List<String> said = new ArrayList<>();
    List<String> secrets = new ArrayList<>(List.of(ann, listener, WRONG));
    try (ServerUnderTest server =
        ServerUnderTest.start(
            "--web-port",
            "0",
            "--transport",
            transport.option(),
            "--tokens",
            tokens.file().toString(),
            "--log-level",
            "trace")) {
      for (String token : List.of(ann, listener, WRONG)) {
        said.addAll(tryLines(server, token));
        secrets.addAll(tryWeb(server, token, said));
      }
      tokens.write(tokens.text() + "eve " + WRONG + " listen *\n");
      await().until(() -> server.output().contains("line "));
      said.add(Http.of(server).get("/api/status").body());
      said.add(Http.of(server).get("/metrics").body());
      assertThat(server.stop()).isZero();
      assertThat(server.output()).as("it was at its most talkative").contains("TRACE");
      said.add(server.output());
    }
    tokens
        .text()
        .lines()
        .filter(line -> line.startsWith("ann "))
        .forEach(line -> secrets.add(line.split(" ", 3)[1]));
    assertThat(secrets).hasSizeGreaterThan(6);
    assertThat(said).allSatisfy(text -> assertThat(text).doesNotContain(secrets));
  }

  private static List<String> tryLines(ServerUnderTest server, String token) {
    List<String> said = new ArrayList<>();
    for (String hello :
        List.of(
            "LINECAST/1 by-hand-1 token=" + token,
            "LINECAST/1 by-hand-1 listen=no token=" + token,
            "LINECAST/1 by-hand-1 token=" + token + " token=" + token,
            "LINECAST/1 by-hand-1 channel=no-such token=" + token,
            "LINECAST/1 by-hand-1 publisher=ann token=" + token,
            "LINECAST/2 by-hand-1 token=" + token,
            "LINECAST/1 token=" + token,
            "LINECAST/1 by-hand-1 token=" + token + "x".repeat(5_000))) {
      try (LineClient client = server.connect()) {
        client.send(hello);
        said.add(client.hear());
      }
    }
    try (LineClient client = server.connect()) {
      client.send(token);
      client.expectEnd();
    }
    return said;
  }

  /** The tickets that there were. */
  private static List<String> tryWeb(ServerUnderTest server, String token, List<String> said) {
    List<String> tickets = new ArrayList<>();
    Http bearer = Http.bearer(server, token);
    for (String path :
        List.of(
            "/lines?limit=1&from=oldest",
            "/lines?token=" + token,
            "/api/status?token=" + token,
            "/lines?ticket=" + token,
            "/nothing/" + token,
            "/channels/" + token + "/lines",
            "/api/ticket")) {
      said.add(Http.of(server).get(path).body());
    }
    said.add(bearer.post("/lines", "a line\n").body());
    said.add(bearer.get("/metrics").body());
    said.add(new Http(server, "Authorization", token).get("/lines").body());
    said.add(new Http(server, "Authorization", "Basic " + token).get("/lines").body());
    if (!token.equals(WRONG)) {
      tickets.add(bearer.ticket());
      tickets.add(bearer.ticket());
      String ticket = tickets.getFirst();
      said.add(Http.of(server).get("/lines?from=oldest&limit=1&ticket=" + ticket).body());
      said.add(Http.of(server).get("/lines?ticket=" + ticket).body());
    }
    for (String path : List.of("/ws?token=" + token, "/ws?ticket=" + token)) {
      try (Socket socket = Socket.open(server, path, "linecast.v1")) {
        said.add(socket.hear());
      }
    }
    return tickets;
  }
}
