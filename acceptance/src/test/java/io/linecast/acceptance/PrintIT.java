package io.linecast.acceptance;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What the server writes to its own output. */
@BlackBox
class PrintIT {

  @Test
  void shouldPrintEachAcceptedLineByteForByteAndNothingElse() {
    long seed = 20_260_102;
    Random random = new Random(seed);
    ByteArrayOutputStream sent = new ByteArrayOutputStream();
    sent.writeBytes("the first\n\n\r\n\0\n".getBytes(ISO_8859_1));
    for (int i = 0; i < 500; i++) {
      byte[] bytes = new byte[random.nextInt(2_000)];
      random.nextBytes(bytes);
      sent.writeBytes(bytes);
      sent.write('\n');
    }
    sent.writeBytes("unfinished".getBytes(ISO_8859_1));
    String expected = sent.toString(ISO_8859_1) + "\n";
    try (ServerUnderTest server = ServerUnderTest.start("--print");
        LineClient sender = server.connect()) {
      sender.sendBytes(sent.toByteArray());
      sender.leave();
      await("seed " + seed)
          .atMost(Duration.ofSeconds(10))
          .until(() -> server.program().stdout().length >= expected.length());
      assertThat(server.stop()).isZero();
      assertThat(new String(server.program().stdout(), ISO_8859_1))
          .as("seed %d", seed)
          .isEqualTo(expected);
    }
  }

  @Test
  void shouldPrintNoLineUnlessAskedTo() {
    try (ServerUnderTest server = ServerUnderTest.start();
        LineClient sender = server.connect()) {
      sender.send("not for the terminal");
      sender.leave();
      assertThat(server.stop()).isZero();
      assertThat(server.program().stdout()).isEmpty();
      assertThat(server.output()).doesNotContain("not for the terminal");
    }
  }

  @Test
  void shouldPrintWhatWasAcceptedLastBeforeItEnds() {
    try (ServerUnderTest server = ServerUnderTest.start("--print", "--allow-end");
        LineClient sender = server.connect()) {
      sender.send("one", "two", "END");
      assertThat(server.program().exitCode(Duration.ofSeconds(10))).isZero();
      assertThat(server.program().stdoutText()).isEqualTo("one\ntwo\nEND\n");
    }
  }

  @Test
  void shouldDelayNobodyWhereNobodyReadsWhatItPrints() {
    String unread = "exec \"$@\" > >(exec sleep 20)";
    ServerLauncher launcher =
        new ServerLauncher().behind("bash", "-c", unread, "bash").with("--print");
    try (ServerUnderTest server = launcher.start();
        Crowd crowd = Crowd.joined(server, 3)) {
      Load load = new Load(crowd.members().subList(0, 1), 5_000, 1_000);
      load.sendAtOnce();
      crowd.awaitLines(load::eligible, Duration.ofSeconds(10));
    }
  }

  @Test
  void shouldSayNoMoreThanTheLogLevelAsks() {
    try (ServerUnderTest server =
            ServerUnderTest.start("--log-level", "error", "--max-line", "100");
        LineClient sender = server.connect()) {
      sender.sendBytes(new byte[1_000]);
      sender.send("");
      sender.leave();
      assertThat(server.output()).doesNotContain(sender.localAddress());
    }
  }
}
