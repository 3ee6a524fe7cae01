package io.linecast.server.access;

import java.net.SocketAddress;

/** Where a client of a unix socket comes from: a process of this machine. Immutable. */
public final class UnixClient extends SocketAddress {

  private static final long serialVersionUID = 1L;

  private static final int UNKNOWN = -1;

  private final String path;
  private final int pid;
  private final int uid;

  /** A client of whom no more is known than the path of the socket that it came by. */
  public UnixClient(String path) {
    this(path, UNKNOWN, UNKNOWN);
  }

  /**
   * A client.
   *
   * @param path of the socket that it came by
   * @param pid its process; 0 where the server does not see it, as in another container
   * @param uid its user
   */
  public UnixClient(String path, int pid, int uid) {
    this.path = path;
    this.pid = pid;
    this.uid = uid;
  }

  /** As {@code unix:/run/linecast.sock pid 4711 uid 1000}. */
  @Override
  public String toString() {
    return "unix:" + path + (uid == UNKNOWN ? "" : " pid " + pid + " uid " + uid);
  }
}
