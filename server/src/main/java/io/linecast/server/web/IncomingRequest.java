package io.linecast.server.web;

import io.linecast.core.RefusedException;
import io.linecast.protocol.Code;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A request whose head has come, and its body as far as that has. What is refused is known from the
 * head; its body is thrown away. Owned by the connection's loop.
 */
final class IncomingRequest {

  private final HttpRequest head;
  private final int bodyMaxBytes;
  private final QueryStringDecoder uri;
  private final Routes.@Nullable Match match;
  private final Caller caller;
  private Optional<Problem> refusal;
  private final RequestBody body;
  private long bodyBytes;
  private boolean givenUp;

  IncomingRequest(HttpRequest head, WebSite site, DuplexChannel socket) {
    this.head = head;
    this.bodyMaxBytes = site.limits().bodyBytes();
    this.uri = new QueryStringDecoder(withoutAuthority(head.uri()));
    String path = isBroken() ? "" : path();
    this.match = find(site, path);
    this.caller = new Caller(socket, head, uri, words(), site.reception());
    this.refusal = refusalOf(site, path);
    long length = isBroken() ? 0 : HttpUtil.getContentLength(head, 0L);
    this.body =
        new RequestBody(
            site.bodies(), PooledByteBufAllocator.DEFAULT, length == 0 ? bodyMaxBytes : length);
    if (length > bodyMaxBytes) {
      giveUp(tooLarge());
    } else if (refusal.isEmpty() && !site.bodies().hasRoomFor(length)) {
      giveUp(tooMany());
    }
  }

  /** One whose head has not come whole, and will not be waited for. */
  static IncomingRequest unread(WebSite site, DuplexChannel socket, Problem problem) {
    HttpRequest head = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/");
    head.setDecoderResult(DecoderResult.UNFINISHED);
    IncomingRequest request = new IncomingRequest(head, site, socket);
    request.refusal = Optional.empty();
    request.giveUp(problem);
    return request;
  }

  private Routes.@Nullable Match find(WebSite site, String path) {
    boolean asksForLater =
        head.method().equals(HttpMethod.OPTIONS)
            && site.protection().guest(head.headers()).isPresent()
            && !site.routes().methods(path).isEmpty();
    return asksForLater
        ? new Routes.Match(new Preflight(), Map.of())
        : site.routes().find(head.method(), path);
  }

  /** A proxy's client sends the whole address. */
  private static String withoutAuthority(String uri) {
    int scheme = uri.indexOf("://");
    if (uri.startsWith("/") || scheme < 0) {
      return uri;
    }
    int path = uri.indexOf('/', scheme + 3);
    return path < 0 ? "/" : uri.substring(path);
  }

  /** Whatever cannot be decoded is the path of nothing. */
  private String path() {
    try {
      return uri.path();
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  /** Whether nothing behind it can be told from it: it is no HTTP, or too large. */
  boolean isGivenUp() {
    return givenUp;
  }

  private boolean isBroken() {
    return head.decoderResult().isFailure();
  }

  /** Nothing more of it is looked at, for this reason unless there was one before. */
  void giveUp(Problem problem) {
    givenUp = true;
    refusal = refusal.or(() -> Optional.of(problem));
    release();
  }

  /** Why it is refused; empty if it is not. */
  Optional<Problem> refusal() {
    return refusal;
  }

  private Optional<Problem> refusalOf(WebSite site, String path) {
    if (isBroken()) {
      givenUp = true;
      return Optional.of(brokenBy(head.decoderResult().cause()));
    }
    if (head.protocolVersion().majorVersion() != 1) {
      return Optional.of(
          Problem.of(HttpResponseStatus.HTTP_VERSION_NOT_SUPPORTED, "HTTP/1.1 is spoken here"));
    }
    return site.protection()
        .refusal(head)
        .or(() -> routeless(site, path))
        .or(this::unadmitted)
        .or(this::unexpected)
        .or(this::coded);
  }

  private static Problem brokenBy(Throwable cause) {
    return switch (cause) {
      case TooLongHttpLineException e ->
          Problem.of(
              HttpResponseStatus.REQUEST_URI_TOO_LONG,
              "the first line has " + WebLimits.REQUEST_LINE_BYTES + " bytes at most");
      case TooLongHttpHeaderException e ->
          Problem.of(
              HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE,
              "the headers have " + WebLimits.HEADER_BYTES + " bytes at most");
      case TooLongFrameException e ->
          Problem.of(HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE, "a part is too long");
      default -> Problem.of(HttpResponseStatus.BAD_REQUEST, "this is no HTTP/1.1 request");
    };
  }

  private Optional<Problem> routeless(WebSite site, String path) {
    if (match != null) {
      return Optional.empty();
    }
    Set<String> methods = site.routes().methods(path);
    return Optional.of(
        methods.isEmpty()
            ? Problem.of(HttpResponseStatus.NOT_FOUND, "there is nothing at this path")
            : Problem.notAllowed(methods));
  }

  /** Who may not do it is told so before its body has come: a stranger's takes no room. */
  private Optional<Problem> unadmitted() {
    try {
      route().admit(caller);
      return Optional.empty();
    } catch (ProblemException e) {
      return Optional.of(e.problem());
    } catch (RefusedException e) {
      return Optional.of(Problem.of(e.code(), String.valueOf(e.getMessage())));
    }
  }

  private Optional<Problem> unexpected() {
    boolean known =
        !head.headers().contains(HttpHeaderNames.EXPECT)
            || head.protocolVersion().equals(HttpVersion.HTTP_1_0) // it is to be ignored
            || asksWhetherToGoOn();
    return known
        ? Optional.empty()
        : Optional.of(
            Problem.of(HttpResponseStatus.EXPECTATION_FAILED, "100-continue can be expected"));
  }

  /** A coding beside chunks is not undone here: its bytes are not the lines that were meant. */
  private Optional<Problem> coded() {
    boolean chunksAlone =
        head.headers().getAll(HttpHeaderNames.TRANSFER_ENCODING).stream()
            .allMatch(coding -> HttpHeaderValues.CHUNKED.contentEqualsIgnoreCase(coding.strip()));
    return chunksAlone
        ? Optional.empty()
        : Optional.of(
            Problem.of(HttpResponseStatus.NOT_IMPLEMENTED, "chunked is the transfer coding here"));
  }

  /** Whether the client waits with the body until it is told to go on. */
  boolean asksWhetherToGoOn() {
    return HttpUtil.is100ContinueExpected(head);
  }

  boolean isKeptAlive() {
    return HttpUtil.isKeepAlive(head) && head.protocolVersion().equals(HttpVersion.HTTP_1_1);
  }

  private Problem tooLarge() {
    return Problem.of(
        HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE,
        "a body has " + bodyMaxBytes + " bytes at most (--max-body)");
  }

  private static Problem tooMany() {
    return Problem.of(
        Code.OVERLOAD, "the bodies under way are as many as there may be (--max-bodies)");
  }

  /** Takes the next part of the body. */
  void add(HttpContent part) {
    if (part.decoderResult().isFailure()) {
      giveUp(brokenBy(part.decoderResult().cause()));
      return;
    }
    bodyBytes += part.content().readableBytes();
    if (bodyBytes > bodyMaxBytes) {
      giveUp(tooLarge());
    } else if (refusal.isEmpty() && !body.add(part.content())) {
      giveUp(tooMany());
    }
  }

  /** It has come whole, or as far as it will be looked at. */
  Exchange exchange(HttpConnection connection) {
    return new Exchange(connection, caller, words(), body);
  }

  /** Has it served, if that is still allowed: its body may have taken a while. */
  void serve(Exchange exchange) {
    route().admit(caller);
    route().serve(exchange);
  }

  private Route route() {
    return Objects.requireNonNull(match).route();
  }

  private Map<String, String> words() {
    return match == null ? Map.of() : match.words();
  }

  long heldBytes() {
    return body.heldBytes();
  }

  void release() {
    body.release();
  }
}
