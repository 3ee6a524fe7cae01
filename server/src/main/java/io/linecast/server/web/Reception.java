package io.linecast.server.web;

import io.linecast.server.access.AccessPolicy;
import io.linecast.server.access.Peer;
import io.linecast.server.access.Visitor;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.util.NetUtil;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds out who a request is of, by the head of it. Safe from any thread.
 *
 * @param policy who may do what
 */
public record Reception(AccessPolicy policy) {

  /** What whoever cannot set headers has in the query instead of a token. */
  public static final String TICKET = "ticket";

  private static final String TOKEN = "token";
  private static final String BEARER = "bearer ";
  private static final String FORWARDED_PREFIX = "x-forwarded-";
  private static final Set<String> FORWARDED = Set.of("forwarded", "via", "x-real-ip");

  /**
   * Receives a request. A ticket that it has is used up.
   *
   * @param query its parameters
   * @throws ProblemException if what it has come with is not valid
   */
  Visitor receive(Peer peer, HttpRequest head, Map<String, List<String>> query) {
    if (query.containsKey(TOKEN)) {
      throw refused("an address is no place for a token; Authorization: Bearer is, or a ticket");
    }
    List<String> tickets = head.method().equals(HttpMethod.GET) ? query.get(TICKET) : null;
    Optional<String> token = token(head.headers());
    if (tickets != null && (token.isPresent() || tickets.size() > 1)) {
      throw refused("either a token or a ticket says who it is");
    }
    Visitor visitor = visitor(peer, token, Optional.ofNullable(tickets).map(List::getFirst));
    return comesFromHere(peer, head.headers()) ? visitor.administering() : visitor;
  }

  private Visitor visitor(Peer peer, Optional<String> token, Optional<String> ticket) {
    if (token.isPresent()) {
      return policy.bearer(peer, token.get()).orElseThrow(() -> refused("the token is not valid"));
    }
    return ticket.isEmpty()
        ? policy.stranger(peer)
        : policy
            .ticketHolder(peer, ticket.get())
            .orElseThrow(() -> refused("the ticket is not valid, or was used"));
  }

  /** What another scheme says is for a proxy that it has come through. */
  private static Optional<String> token(HttpHeaders headers) {
    List<String> bearers =
        headers.getAll(HttpHeaderNames.AUTHORIZATION).stream()
            .map(String::strip)
            .filter(value -> (value + " ").toLowerCase(Locale.ROOT).startsWith(BEARER))
            .toList();
    if (bearers.size() > 1) {
      throw refused("there is one token");
    }
    return bearers.stream().findFirst().map(value -> value.substring(BEARER.length() - 1).strip());
  }

  /** A proxy on this machine speaks for others, and so does a name that points here. */
  private static boolean comesFromHere(Peer peer, HttpHeaders headers) {
    return peer.isLocal()
        && headers.names().stream().noneMatch(Reception::tellsOfAProxy)
        && (peer.unix() || namesThisMachine(headers.get(HttpHeaderNames.HOST, "")));
  }

  private static boolean tellsOfAProxy(String header) {
    String name = header.toLowerCase(Locale.ROOT);
    return FORWARDED.contains(name) || name.startsWith(FORWARDED_PREFIX);
  }

  private static boolean namesThisMachine(String host) {
    String name = SiteProtection.withoutPort(host).toLowerCase(Locale.ROOT);
    return name.isEmpty()
        || name.equals(SiteProtection.LOCALHOST)
        || name.equals("[::1]")
        || (name.startsWith("127.") && NetUtil.isValidIpV4Address(name));
  }

  private static ProblemException refused(String text) {
    return new ProblemException(Problem.unauthorized(text, true));
  }

  /** The problem of somebody who may not do something: it may help to say who it is, or not. */
  public Problem notPermitted(Visitor visitor, String text) {
    return visitor.identity().isEmpty() && policy.asksForTokens()
        ? Problem.unauthorized(text + " without a token", false)
        : Problem.notPermitted(text);
  }
}
