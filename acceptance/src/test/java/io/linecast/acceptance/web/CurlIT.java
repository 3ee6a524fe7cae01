package io.linecast.acceptance.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.linecast.acceptance.LineClient;
import io.linecast.acceptance.Program;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The client that everybody has, in the forms that the docs show. */
class CurlIT extends OnWebServer {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @BeforeEach
  void needCurl() {
    try (Program which = Program.shell("command -v curl")) {
      assumeTrue(which.exitCode(PATIENCE) == 0, "there is no curl here");
    }
  }

  @Test
  void shouldPublishAFile() {
    LineClient alice = joinPlain();
    String receipt =
        curl("printf 'one\\ntwo' >$d/lines; curl -sS --data-binary @$d/lines $1/lines");

    assertThat(alice.hear(2)).containsExactly("one", "two");
    assertThat(receipt).matches("\\{\"first\":\\d+,\"last\":\\d+,\"clients\":\\d+}\n");
  }

  @Test
  void shouldPublishALargeFile() {
    LineClient alice = joinPlain();
    curl("seq 150000 >$d/lines; curl -sSf --data-binary @$d/lines $1/lines");

    for (int i = 1; i <= 150_000; i++) {
      assertThat(alice.hear()).isEqualTo(Integer.toString(i));
    }
  }

  @Test
  void shouldFollow() {
    try (Program curl = Program.shell("exec curl -sSN -D $2 $1/lines", url(), "/dev/stderr")) {
      await().atMost(PATIENCE).until(() -> curl.output().contains("linecast-first"));
      posts().accepted("/lines", "one\ntwo\n");
      await().atMost(PATIENCE).until(() -> curl.stdoutText().equals("one\ntwo\n"));
      posts().accepted("/lines", "three\n");
      await().atMost(PATIENCE).until(() -> curl.stdoutText().equals("one\ntwo\nthree\n"));
    }
  }

  @Test
  void shouldTurnAPage() {
    long first = posts().accepted("/lines", "one\ntwo\nthree\n").first();

    assertThat(curl("curl -sSf \"$1/lines?limit=2&from=$2\"", first)).isEqualTo("one\ntwo\n");
  }

  @Test
  void shouldHearEvents() {
    posts().accepted("/lines", "one\n");

    assertThat(curl("curl -sSf -H 'Accept: text/event-stream' \"$1/lines?limit=1&from=-1\""))
        .matches("retry: 1000\nid: [0-9a-f]+-\\d+\n\nid: [0-9a-f]+-\\d+\ndata: one\n\n");
  }

  @Test
  void shouldSeeAProblem() {
    assertThat(curl("curl -sS -o $d/body -w '%{http_code}' \"$1/lines?from=never\"; cat $d/body"))
        .startsWith("400{\"type\":\"urn:linecast:problem:bad-request\"");
  }

  private static String url() {
    return server.web("").toString();
  }

  /** What a script says that has {@code $1}, the server's address, and a folder {@code $d}. */
  private static String curl(String script, Object... more) {
    Object[] arguments = new Object[more.length + 1];
    arguments[0] = url();
    System.arraycopy(more, 0, arguments, 1, more.length);
    String withFolder = "d=$(mktemp -d); trap 'rm -rf $d' EXIT; " + script;
    try (Program program = Program.shell(withFolder, arguments)) {
      assertThat(program.exitCode(PATIENCE)).as(program.output()).isZero();
      return program.stdoutText();
    }
  }
}
