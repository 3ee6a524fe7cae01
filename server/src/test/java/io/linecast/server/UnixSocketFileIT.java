package io.linecast.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.linecast.server.ReachOptions.UnixSocket;
import io.linecast.server.StartException.Reason;
import io.netty.channel.epoll.Epoll;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file of a unix socket: whose it is, and what it takes the place of. */
class UnixSocketFileIT {

  @TempDir private Path folder;
  private Path path;

  @BeforeEach
  void requireEpoll() {
    assumeTrue(Epoll.isAvailable(), "unix sockets need epoll");
    path = folder.resolve("lines");
  }

  @Test
  void shouldLetItsOwnerAndGroupConnectIfNothingElseIsSaid() throws IOException {
    try (var _ = start(path)) {
      assertThat(mode(path)).isEqualTo("rw-rw----");
    }
    assertThat(path).doesNotExist();
  }

  @Test
  void shouldHaveTheModeAndTheOwnerThatAreAskedFor() throws IOException {
    assumeTrue("root".equals(System.getProperty("user.name")), "only root gives files away");
    try (var _ = LinecastServer.start(options(reach(path, 0604, "nobody:daemon")))) {
      assertThat(mode(path)).isEqualTo("rw----r--");
      assertThat(Files.getOwner(path).getName()).isEqualTo("nobody");
      assertThat(Files.getAttribute(path, "posix:group")).hasToString("daemon");
    }
  }

  @Test
  void shouldSayThatThereIsNoSuchOwner() {
    assertRefused(reach(path, 0600, "nobody-at-all"), Reason.USAGE, "nobody-at-all");
    assertRefused(reach(path, 0600, ":no-such-group"), Reason.USAGE, "no-such-group");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void shouldTakeThePlaceOfASocketThatIsLeftBehind() throws IOException {
    leaveASocketBehind();
    try (var server = start(path);
        UnixConnection client = UnixConnection.to(path)) {
      assertThat(client.socket().isConnected()).isTrue();
      assertThat(server.listeningUnix()).hasSize(1);
    }
    assertThat(path).doesNotExist();
  }

  private void leaveASocketBehind() throws IOException {
    try (ServerSocketChannel other = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      other.bind(UnixDomainSocketAddress.of(path));
    }
    assertThat(path).exists();
  }

  @Test
  void shouldSayThatSomebodyElseListensThere() throws IOException {
    try (var _ = start(path)) {
      assertRefused(path, Reason.PORT_IN_USE, "somebody else listens on unix:" + path);
      UnixConnection.to(path).close();
    }
  }

  @Test
  void shouldLeaveEveryOtherFileAsItIs() throws IOException {
    Files.writeString(path, "precious");
    assertRefused(path, Reason.USAGE, "is no socket");
    assertThat(path).hasContent("precious");

    Path directory = Files.createDirectory(folder.resolve("directory"));
    assertRefused(directory, Reason.USAGE, "is no socket");
    assertThat(directory).isDirectory();

    Path link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("nowhere"));
    assertRefused(link, Reason.USAGE, "is no socket");
    assertThat(link).isSymbolicLink();
  }

  @Test
  void shouldSayThatThereIsNoSuchDirectory() throws IOException {
    assertRefused(folder.resolve("missing/lines"), Reason.USAGE, "in no directory that there is");
    Files.writeString(path, "a file");
    assertRefused(path.resolve("lines"), Reason.USAGE, "in no directory that there is");
  }

  @Test
  void shouldNotTakeAwayWhatIsSomebodyElsesByNow() throws IOException {
    try (var _ = start(path)) {
      Files.delete(path);
      Files.writeString(path, "somebody else's");
    }
    assertThat(path).hasContent("somebody else's");
  }

  @Test
  void shouldTakeItsFileAwayIfTheServerDoesNotStart() {
    Path second = folder.resolve("missing/lines");
    UnixSocket good = new UnixSocket(path.toString(), "main");
    UnixSocket bad = new UnixSocket(second.toString(), "main");
    ReachOptions reach = ReachOptions.defaults().withUnix(good, bad);

    assertRefused(reach, Reason.USAGE, "missing");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void shouldSayThatNioHasNoUnixSockets() {
    ServerOptions nio = options(reach(path, 0600, "")).toBuilder().transport(Transport.NIO).build();
    assertThatThrownBy(() -> LinecastServer.start(nio))
        .isInstanceOf(StartException.class)
        .hasMessageContaining("unix sockets need transport epoll");
    assertThat(folder).isEmptyDirectory();
  }

  private static LinecastServer start(Path path) {
    return LinecastServer.start(options(reach(path, ReachOptions.DEFAULT_UNIX_MODE, "")));
  }

  private static ReachOptions reach(Path path, int mode, String owner) {
    return new ReachOptions(
        List.of(new UnixSocket(path.toString(), "main")),
        mode,
        Optional.of(owner).filter(name -> !name.isEmpty()),
        List.of());
  }

  private static ServerOptions options(ReachOptions reach) {
    return ServerOptions.builder()
        .port(0)
        .transport(Transport.EPOLL)
        .eventLoops(1)
        .reach(reach)
        .build();
  }

  private static void assertRefused(Path path, Reason reason, String words) {
    assertRefused(reach(path, 0600, ""), reason, words);
  }

  private static void assertRefused(ReachOptions reach, Reason reason, String words) {
    assertThatThrownBy(() -> LinecastServer.start(options(reach)))
        .isInstanceOfSatisfying(StartException.class, e -> assertThat(e.reason()).isEqualTo(reason))
        .hasMessageContaining(words);
  }

  private static String mode(Path file) throws IOException {
    return PosixFilePermissions.toString(
        Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS));
  }
}
