package io.linecast.server.access;

import java.net.InetAddress;
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

  /**
   * What a client may do that has brought no token. Who comes by a unix socket or shows a
   * certificate was let in by whoever gave it that, and what is said of networks is not asked.
   */
  public Rights strangers(Peer peer) {
    return peer.unix() || peer.certificate().isPresent()
        ? PlainRights.BOTH.everywhere()
        : peer.place().flatMap(this::allowed).orElseGet(others::everywhere);
  }

  /** What is said of the networks that an address is in; empty if it is in none. */
  private Optional<Rights> allowed(InetAddress address) {
    return allowances.stream()
        .filter(allowance -> allowance.network().contains(address))
        .map(allowance -> allowance.rights().everywhere())
        .reduce(Rights::union);
  }

  /** A client that has brought no token. */
  public Visitor stranger(Peer peer) {
    return Visitor.stranger(strangers(peer));
  }

  /** Whether everybody may listen and publish who comes by IPv4, or who comes by IPv6. */
  public boolean isOpenToAll() {
    return others == PlainRights.BOTH || isOpenTo(Network.IPV4) || isOpenTo(Network.IPV6);
  }

  private boolean isOpenTo(Network all) {
    return allowances.stream()
        .filter(allowance -> allowance.network().equals(all))
        .map(allowance -> allowance.rights().everywhere())
        .reduce(Rights.NONE, Rights::union)
        .equals(PlainRights.BOTH.everywhere());
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
