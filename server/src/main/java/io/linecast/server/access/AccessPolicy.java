package io.linecast.server.access;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Who may do what here: by where a client is, and by the token that it brings. A token adds to what
 * its bearer may do anyway, and one that is not valid is worse than none. Safe from any thread.
 *
 * @param allowances what clients of some networks may do; of several that fit, all count
 * @param others what every other client may do
 * @param tokens the valid ones; empty: none is asked for, and what is brought is passed over
 * @param tickets for bearers of tokens
 */
public record AccessPolicy(
    List<Allowance> allowances, PlainRights others, Optional<Tokens> tokens, Tickets tickets) {

  /** Everybody may listen and publish. */
  public static AccessPolicy open() {
    return new AccessPolicy(List.of(), PlainRights.BOTH, Optional.empty(), new Tickets());
  }

  /** What a client may do that has brought no token. */
  public Rights strangers(Peer peer) {
    if (peer.unix() || peer.certificate().isPresent()) {
      return PlainRights.BOTH.everywhere();
    }
    Rights rights = Rights.NONE;
    boolean named = false;
    for (Allowance allowance : allowances) {
      if (peer.address() instanceof InetSocketAddress internet
          && internet.getAddress() != null
          && allowance.network().contains(internet.getAddress())) {
        rights = rights.union(allowance.rights().everywhere());
        named = true;
      }
    }
    return named ? rights : others.everywhere();
  }

  /** A client that has brought no token. */
  public Visitor stranger(Peer peer) {
    return Visitor.stranger(strangers(peer));
  }

  /** Whether tokens are asked for. */
  public boolean asksForTokens() {
    return tokens.isPresent();
  }

  /** A client that has brought a token; empty if that is not valid. */
  public Optional<Visitor> bearer(Peer peer, String secret) {
    return tokens.isEmpty()
        ? Optional.of(stranger(peer))
        : tokens.get().find(secret).map(identity -> visitor(peer, identity));
  }

  /** A client that has brought a ticket; empty if that is not valid. It is used up. */
  public Optional<Visitor> ticketHolder(Peer peer, String ticket) {
    return tickets.redeem(ticket).map(identity -> visitor(peer, identity));
  }

  private Visitor visitor(Peer peer, Identity identity) {
    return new Visitor(Optional.of(identity), strangers(peer).union(identity.rights()));
  }

  /** Who is told of identities that are revoked, on some thread. */
  public void onRevoked(Consumer<Set<Identity>> listener) {
    tokens.ifPresent(valid -> valid.onRevoked(listener));
  }
}
