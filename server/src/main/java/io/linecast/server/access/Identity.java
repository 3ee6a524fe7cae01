package io.linecast.server.access;

/**
 * Somebody who has brought a valid token: one for each token, as long as that stays as it is. Two
 * are the same only if they are one object. Safe from any thread.
 */
public final class Identity {

  private final String name;
  private final Rights rights;

  /** Volatile: whoever reads the file sets it, and loops look at it. */
  private volatile boolean revoked;

  Identity(String name, Rights rights) {
    this.name = name;
    this.rights = rights;
  }

  /** The token's name; no secret. */
  public String name() {
    return name;
  }

  /** What the token allows. */
  public Rights rights() {
    return rights;
  }

  /** Whether the token is gone, or allows something else now: then this is nobody any more. */
  public boolean isRevoked() {
    return revoked;
  }

  void revoke() {
    revoked = true;
  }

  @Override
  public String toString() {
    return name;
  }
}
