package io.linecast.server;

import io.linecast.server.ReachOptions.UnixSocket;
import io.linecast.server.StartException.Reason;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A unix socket that listens, and its file. Opened by the thread that starts the server; may be
 * removed by any.
 */
final class UnixSocketFile {

  private static final Logger LOG = LoggerFactory.getLogger(UnixSocketFile.class);

  /** Of inode(7). */
  private static final int TYPE_BITS = 0170000;

  private static final int SOCKET_TYPE = 0140000;

  private final Path path;
  private final Object key;
  private final Socket socket;

  private UnixSocketFile(Path path, Object key, Socket socket) {
    this.path = path;
    this.key = key;
    this.socket = socket;
  }

  /**
   * Makes the file and listens. The file has its owner and mode before: until then nobody can
   * connect, whatever the file's rights are.
   *
   * @throws StartException if it cannot, for a reason that the caller can mend
   */
  static UnixSocketFile open(UnixSocket at, ReachOptions options, int backlog) {
    try {
      Path path = Path.of(at.path());
      makeRoom(path, at);
      Socket socket = Socket.newSocketDomain();
      try {
        return listen(path, socket, options, backlog);
      } catch (IOException e) {
        socket.close();
        throw e;
      }
    } catch (InvalidPathException e) {
      throw failure(Reason.USAGE, at, "is no path here: " + e.getReason());
    } catch (UserPrincipalNotFoundException e) {
      throw new StartException(
          Reason.USAGE,
          "--unix-owner: there is no such user or group: " + options.unixOwner().orElse(""));
    } catch (IOException e) {
      throw failure(at, e);
    }
  }

  private static UnixSocketFile listen(Path path, Socket socket, ReachOptions options, int backlog)
      throws IOException {
    socket.bind(new DomainSocketAddress(path.toString()));
    boolean done = false;
    try {
      giveTo(path, options.unixOwner());
      Files.setAttribute(path, "unix:mode", options.unixMode());
      Object key = keyOf(path);
      socket.listen(backlog);
      done = true;
      return new UnixSocketFile(path, key, socket);
    } finally {
      if (!done) {
        Files.deleteIfExists(path);
      }
    }
  }

  private static void giveTo(Path path, Optional<String> owner) throws IOException {
    String[] names = owner.orElse("").split(":", 2);
    UserPrincipalLookupService known = path.getFileSystem().getUserPrincipalLookupService();
    PosixFileAttributeView file =
        Files.getFileAttributeView(path, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    if (!names[0].isEmpty()) {
      file.setOwner(known.lookupPrincipalByName(names[0]));
    }
    if (names.length > 1) {
      file.setGroup(known.lookupPrincipalByGroupName(names[1]));
    }
  }

  /** Takes a socket away that somebody has left behind, and nothing else. */
  private static void makeRoom(Path path, UnixSocket at) throws IOException {
    Object mode;
    try {
      mode = Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS);
    } catch (NoSuchFileException e) {
      return;
    }
    if (((int) mode & TYPE_BITS) != SOCKET_TYPE) {
      throw failure(Reason.USAGE, at, "is there already, and is no socket; it is left as it is");
    }
    if (isListenedOn(path)) {
      throw new StartException(
          Reason.PORT_IN_USE,
          "somebody else listens on " + at + "; stop it, or choose another --unix");
    }
    Files.deleteIfExists(path);
  }

  private static boolean isListenedOn(Path path) throws IOException {
    try (SocketChannel probe = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      probe.configureBlocking(false);
      probe.connect(UnixDomainSocketAddress.of(path)); // or it has to wait: somebody is there
      return true;
    } catch (ConnectException nobody) {
      return false;
    }
  }

  private static StartException failure(UnixSocket at, IOException e) {
    String why = String.valueOf(e.getMessage());
    if (e instanceof AccessDeniedException || why.contains("ermi") || why.contains("ead-only")) {
      return failure(Reason.NOT_PERMITTED, at, "cannot be made, listened on or given away: " + why);
    }
    if (why.contains("No such file") || why.contains("ot a directory")) {
      return failure(Reason.USAGE, at, "is in no directory that there is");
    }
    throw new IllegalStateException("cannot listen on " + at, e);
  }

  private static StartException failure(Reason reason, UnixSocket at, String what) {
    return new StartException(reason, "--unix: " + at.path() + " " + what);
  }

  private static Object keyOf(Path path) throws IOException {
    return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
        .fileKey();
  }

  /** The socket, which is its channel's to close. */
  int descriptor() {
    return socket.intValue();
  }

  /**
   * Takes the file away, unless it is somebody else's by now. Before the socket is closed: from
   * then on it may be.
   */
  void remove() {
    try {
      if (key.equals(keyOf(path))) {
        Files.delete(path);
      }
    } catch (NoSuchFileException e) {
      // Done.
    } catch (IOException e) {
      LOG.warn("cannot remove the unix socket {}: {}", path, e.toString());
    }
  }
}
