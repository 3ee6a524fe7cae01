package io.linecast.server.web;

import io.linecast.server.access.Peer;
import io.linecast.server.access.Visitor;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whoever has sent the head of a request. Owned by the connection's loop.
 *
 * <p>Who that is is found out when it is first asked for, and never twice: a ticket is good once.
 */
public final class Caller {

  private final DuplexChannel socket;
  private final HttpRequest head;
  private final QueryStringDecoder uri;
  private final Map<String, String> words;
  private final Reception reception;
  private @Nullable Visitor visitor;
  private @Nullable Problem problem;

  Caller(
      DuplexChannel socket,
      HttpRequest head,
      QueryStringDecoder uri,
      Map<String, String> words,
      Reception reception) {
    this.socket = socket;
    this.head = head;
    this.uri = uri;
    this.words = words;
    this.reception = reception;
  }

  /**
   * Who it is.
   *
   * @throws ProblemException if what it has come with is not valid, or is no longer
   */
  public Visitor visitor() {
    if (problem != null) {
      throw new ProblemException(problem);
    }
    if (visitor == null) {
      visitor = receive();
    }
    if (visitor.isRevoked()) {
      throw new ProblemException(Problem.unauthorized("the token is not valid any more", true));
    }
    return visitor;
  }

  private Visitor receive() {
    try {
      return reception.receive(Peer.of(socket), head, parameters());
    } catch (ProblemException e) {
      problem = e.problem();
      throw e;
    }
  }

  /** All parameters of the query, in their order. */
  Map<String, List<String>> parameters() {
    try {
      return uri.parameters();
    } catch (IllegalArgumentException e) {
      throw new ProblemException(
          Problem.of(HttpResponseStatus.BAD_REQUEST, "the query cannot be decoded"));
    }
  }

  /** What stands in the path in the place of a word in braces. */
  public Optional<String> word(String name) {
    return Optional.ofNullable(words.get(name));
  }

  /** Its problem if it may not do what it has come for. */
  public ProblemException notPermitted(String text) {
    return new ProblemException(reception.notPermitted(visitor(), text));
  }

  /** All headers. */
  public HttpHeaders headers() {
    return head.headers();
  }

  HttpRequest head() {
    return head;
  }
}
