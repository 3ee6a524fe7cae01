package io.linecast.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.linecast.broker.FreePorts;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The example of two servers that share a small Kafka does what it says. */
@BlackBox
@Timeout(300)
class ClusterExampleIT {

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Pattern FIRST = Pattern.compile("kill -9 (\\d+)");

  private final int kafkaPort = FreePorts.nextPair();
  private final int port = FreePorts.nextPair();
  private final int webPort = FreePorts.nextPair();

  @TempDir Path folder;

  private Program start() {
    Path script = ServerLauncher.launcher().resolveSibling("examples/cluster/cluster");
    return Program.shell(
        "exec \"$@\"",
        script,
        "--folder",
        folder,
        "--kafka-port",
        kafkaPort,
        "--port",
        port,
        "--web-port",
        webPort);
  }

  @Test
  void shouldShareLinesOutliveAServerAndEndAll() {
    try (Program cluster = start()) {
      awaitUp(cluster);
      List<ProcessHandle> children = cluster.descendants();
      assertThat(children).hasSizeGreaterThanOrEqualTo(3);
      String both = "127.0.0.1:" + port + ",127.0.0.1:" + (port + 1);
      try (Program listener =
              Command.start("listen", both, "--from", "oldest", "--count", "2", "--seq");
          LineClient here = connect(port);
          LineClient there = connect(port + 1)) {
        here.send("hello");
        assertThat(there.hear()).isEqualTo("hello");
        Command.awaitWords(listener, "1 hello\n");
        kill(cluster);
        await().atMost(PATIENCE).until(() -> cluster.output().contains("has ended"));
        there.send("again");
        Command.expectEnd(listener, 0);
        assertThat(listener.stdoutText()).isEqualTo("1 hello\n2 again\n");
      }
      cluster.signal("TERM");
      assertThat(cluster.exitCode(PATIENCE)).isZero();
      assertThat(children).noneMatch(ProcessHandle::isAlive);
    }
  }

  @Test
  void shouldHaveItsLinesTheNextTime() {
    try (Program cluster = start()) {
      awaitUp(cluster);
      try (LineClient here = connect(port);
          LineClient there = connect(port + 1)) {
        here.send("kept");
        assertThat(there.hear()).isEqualTo("kept");
      }
      cluster.signal("TERM");
      assertThat(cluster.exitCode(PATIENCE)).isZero();
    }
    try (Program cluster = start();
        Program listener = listenOnce(cluster)) {
      Command.expectEnd(listener, 0);
      assertThat(listener.stdoutText()).isEqualTo("kept\n");
      cluster.signal("TERM");
      assertThat(cluster.exitCode(PATIENCE)).isZero();
    }
    assertThat(Files.exists(folder.resolve("kafka.log"))).isTrue();
  }

  private Program listenOnce(Program cluster) {
    awaitUp(cluster);
    return Command.start("listen", "127.0.0.1:" + (port + 1), "--from", "oldest", "--count", "1");
  }

  private static void awaitUp(Program cluster) {
    await("the cluster")
        .atMost(PATIENCE)
        .until(() -> cluster.output().contains("Ctrl-C ends all") || !cluster.isRunning());
    assertThat(cluster.output()).contains("Ctrl-C ends all");
  }

  private static void kill(Program cluster) {
    Matcher first = FIRST.matcher(cluster.stdoutText());
    assertThat(first.find()).isTrue();
    ProcessHandle.of(Long.parseLong(first.group(1))).orElseThrow().destroyForcibly();
  }

  private static LineClient connect(int port) {
    return LineClient.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
  }
}
