package io.linecast.server.access;

import java.util.Optional;

/**
 * Who wants something of the server, and what it may do. Immutable, but for the identity's being
 * revoked.
 *
 * @param identity whose token it has brought, or a ticket for that; empty: nobody's
 * @param rights what it may do by that and by where it is
 */
public record Visitor(Optional<Identity> identity, Rights rights) {

  /** Somebody who may do nothing. */
  public static final Visitor NOBODY = new Visitor(Optional.empty(), Rights.NONE);

  /** Somebody who has brought no token. */
  static Visitor stranger(Rights rights) {
    return new Visitor(Optional.empty(), rights);
  }

  /** Whether what it has come with is not valid any more. */
  public boolean isRevoked() {
    return identity.isPresent() && identity.get().isRevoked();
  }

  /** Whether it may do something with some channel's lines. */
  public boolean mayEnterAny() {
    return rights.all().contains(Right.LISTEN) || rights.all().contains(Right.PUBLISH);
  }

  /** The same, who may know how the server is besides. */
  public Visitor administering() {
    return new Visitor(identity, rights.union(Rights.ADMINISTER));
  }
}
