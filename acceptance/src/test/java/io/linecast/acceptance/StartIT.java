package io.linecast.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the server starts, and what it says when it cannot. */
@BlackBox
class StartIT {
  private static final int PORT_IN_USE = 3;
  private static final int NOT_PERMITTED = 4;
  private static final String[] NO_BIND_PRIVILEGE = {
    "setpriv", "--bounding-set=-net_bind_service", "--inh-caps=-net_bind_service"
  };

  @Test
  void shouldSayWhereItListensAndHowToTryIt() {
    try (ServerUnderTest server = ServerUnderTest.start()) {
      String port = Integer.toString(server.port());
      await()
          .untilAsserted(
              () ->
                  assertThat(server.output())
                      .containsPattern("listening on 127\\.0\\.0\\.1:" + port + "\\b.*main")
                      .containsPattern("nc 127\\.0\\.0\\.1 " + port));
    }
  }

  @Test
  void shouldLoadNothingOfTheOtherCommands() {
    ServerLauncher launcher =
        new ServerLauncher()
            .environment("LINECAST_NO_AOT", "1")
            .environment("LINECAST_JAVA_OPTS", "-Xlog:class+load");
    try (ServerUnderTest server = launcher.start()) {
      LineClient.joined(server, 2).forEach(LineClient::close);
      assertThat(server.stop()).isZero();
      assertThat(server.output())
          .contains("io.linecast.cli.ServeCommand ")
          .doesNotContain("io.linecast.client.", "org.jline.", "io.linecast.load.")
          .doesNotContain("SendCommand", "ListenCommand", "ChatCommand");
    }
  }

  @Test
  void shouldListenToThisMachineAloneUnlessToldOtherwise() {
    try (ServerUnderTest server = ServerUnderTest.start()) {
      InetSocketAddress other = new InetSocketAddress("127.0.0.2", server.port());
      assertThatThrownBy(() -> LineClient.connect(other)).isInstanceOf(UncheckedIOException.class);
    }
  }

  @Test
  void shouldSayWhatItOpensWhenItListensToMore() {
    try (ServerUnderTest server = ServerUnderTest.start("--bind", "0.0.0.0");
        LineClient near = server.connect();
        LineClient far = LineClient.connect(new InetSocketAddress("127.0.0.2", server.port()))) {
      Fence.gather(near, List.of(far));
      await().until(() -> server.output().contains("try:"));
      assertThat(server.output())
          .contains("listening on 0.0.0.0:" + server.port())
          .containsPattern("open|reach|every|all");
    }
  }

  @Test
  void shouldReplaceAnOldPortFileAndLeaveNothingBesideIt(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("port");
    Files.writeString(file, "1\n2=old\n");
    ServerLauncher launcher =
        new ServerLauncher()
            .with("--port", "0", "--port-file", file.toString(), "--lines", "0=weather");
    try (Program program = launcher.program()) {
      await().until(() -> PortFile.read(file).mainPort() != 1);
      PortFile ports = PortFile.read(file);
      LineClient.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), ports.mainPort()))
          .close();
      assertThat(ports.ports()).containsOnlyKeys("weather");
      int weather = ports.ports().values().iterator().next();
      LineClient.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), weather)).close();
      assertThat(folder).isDirectoryNotContaining(path -> !path.equals(file));
      assertThat(program.isRunning()).isTrue();
    }
  }

  @Test
  void shouldSayWhereItCannotWriteThePortFile(@TempDir Path folder) {
    String file = folder.resolve("missing/port").toString();
    ServerLauncher launcher = new ServerLauncher().with("--port", "0", "--port-file", file);
    try (Program program = launcher.program()) {
      assertThat(program.exitCode(Duration.ofSeconds(15))).isNotZero();
      assertMessage(program, file);
    }
  }

  @Test
  void shouldStartAgainOnTheSamePortRightAway() {
    int port;
    try (ServerUnderTest first = ServerUnderTest.start()) {
      port = first.port();
      List<LineClient> clients = LineClient.joined(first, 5);
      assertThat(first.stop()).isZero();
      clients.forEach(LineClient::expectEnd);
      clients.forEach(LineClient::close);
    }
    try (ServerUnderTest second = ServerUnderTest.start("--port", Integer.toString(port))) {
      assertThat(second.port()).isEqualTo(port);
      LineClient.joined(second, 2).forEach(LineClient::close);
    }
  }

  @Test
  void shouldSayThatThePortIsInUse() throws IOException {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(other.getLocalPort());
      try (Program program = new ServerLauncher().with("--port", port).program()) {
        assertThat(program.exitCode(Duration.ofSeconds(15))).isEqualTo(PORT_IN_USE);
        assertMessage(program, port);
      }
    }
  }

  @Test
  void shouldSayThatAFurtherChannelsPortIsInUse() throws IOException {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(other.getLocalPort());
      ServerLauncher launcher =
          new ServerLauncher().with("--port", "0", "--lines", port + "=weather");
      try (Program program = launcher.program()) {
        assertThat(program.exitCode(Duration.ofSeconds(15))).isEqualTo(PORT_IN_USE);
        assertMessage(program, port);
      }
    }
  }

  @Test
  void shouldSayThatAPrivilegedPortIsNotPermitted() {
    ServerLauncher launcher = new ServerLauncher().with("--port", "81");
    if (System.getProperty("user.name").equals("root")) {
      assumeTrue(canDropPrivilege(), "root may listen on any port, and setpriv is not to be had");
      launcher.behind(NO_BIND_PRIVILEGE);
    }
    try (Program program = launcher.program()) {
      assertThat(program.exitCode(Duration.ofSeconds(15))).isEqualTo(NOT_PERMITTED);
      assertMessage(program, "81");
    }
  }

  @Test
  void shouldSayThatAnAddressIsNotThisMachines() {
    ServerLauncher launcher = new ServerLauncher().with("--bind", "203.0.113.1", "--port", "0");
    try (Program program = launcher.program()) {
      assertThat(program.exitCode(Duration.ofSeconds(15))).isNotZero();
      assertMessage(program, "203.0.113.1");
    }
  }

  private static void assertMessage(Program program, String part) {
    assertThat(program.output()).contains(part).doesNotContain("Exception", "\tat ");
  }

  private static boolean canDropPrivilege() {
    try (Program probe = Program.start(probe(), Map.of())) {
      return probe.exitCode(Duration.ofSeconds(20)) == 0;
    } catch (UncheckedIOException e) {
      return false;
    }
  }

  private static List<String> probe() {
    List<String> command = new ArrayList<>(List.of(NO_BIND_PRIVILEGE));
    command.add("true");
    return command;
  }
}
