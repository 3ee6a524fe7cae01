package io.linecast.server;

import io.linecast.server.access.Network;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * By which ways clients reach the server beside its ports, and through whom. Immutable.
 *
 * @param unix unix sockets, each with its channel
 * @param unixMode who may connect to them: the permission bits of their files
 * @param unixOwner whose files they are, {@code USER}, {@code USER:GROUP} or {@code :GROUP}; empty:
 *     the server's
 * @param proxyFrom from where every connection begins with a PROXY header, that tells of its client
 */
public record ReachOptions(
    List<UnixSocket> unix, int unixMode, Optional<String> unixOwner, List<Network> proxyFrom) {

  /** Who may connect to a unix socket if nothing else is said: its owner and its group. */
  public static final int DEFAULT_UNIX_MODE = 0660;

  private static final int ALL_PERMISSIONS = 0777;

  /** What a system has room for (sun_path of unix(7)), without the zero at the end. */
  private static final int MOST_PATH_BYTES = 107;

  /**
   * A unix socket and the channel whose lines go in and out there.
   *
   * @param path the file
   * @param channel as of a {@link ServerOptions.LinePort}
   */
  public record UnixSocket(String path, String channel) {

    /** Refuses what cannot be. */
    public UnixSocket {
      ServerOptions.require(!path.isEmpty(), "unix needs a path");
      int bytes = path.getBytes(StandardCharsets.UTF_8).length;
      ServerOptions.require(
          bytes <= MOST_PATH_BYTES,
          "unix: a socket's path has at most %d bytes, and %s has %d"
              .formatted(MOST_PATH_BYTES, path, bytes));
      ServerOptions.requireChannel(channel);
    }

    /** As {@code unix:/run/linecast.sock}. */
    @Override
    public String toString() {
      return "unix:" + path;
    }
  }

  /** Refuses what cannot be; an {@link IllegalArgumentException} says what and why. */
  public ReachOptions {
    unix = List.copyOf(unix);
    proxyFrom = List.copyOf(proxyFrom);
    ServerOptions.require(
        unix.stream().map(UnixSocket::path).distinct().count() == unix.size(),
        "unix: a path is there twice");
    ServerOptions.require(
        unixMode >= 0 && unixMode <= ALL_PERMISSIONS,
        "unix-mode is 000 to 777, not %o".formatted(unixMode));
    unixOwner.ifPresent(
        owner ->
            ServerOptions.require(
                owner.matches("[^:]+(:[^:]+)?|:[^:]+"),
                "unix-owner is USER, USER:GROUP or :GROUP, not '" + owner + "'"));
  }

  /** What is right for most. */
  public static ReachOptions defaults() {
    return new ReachOptions(List.of(), DEFAULT_UNIX_MODE, Optional.empty(), List.of());
  }

  /** The same, but with unix sockets. */
  public ReachOptions withUnix(UnixSocket... sockets) {
    return new ReachOptions(List.of(sockets), unixMode, unixOwner, proxyFrom);
  }

  /** The same, but with proxies. */
  public ReachOptions withProxyFrom(Network... networks) {
    return new ReachOptions(unix, unixMode, unixOwner, List.of(networks));
  }
}
