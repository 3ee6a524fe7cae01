package io.linecast.server.web;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandler;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A request that has come whole, and its one answer. Owned by the connection's loop.
 *
 * <p>Open → answered, or handed over with its connection.
 */
public final class Exchange {

  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);
  private static final HttpHeaders NO_TRAILERS = new DefaultHttpHeaders();
  private static final Set<HttpResponseStatus> HAVE_NO_CONTENT =
      Set.of(HttpResponseStatus.NO_CONTENT, HttpResponseStatus.NOT_MODIFIED);

  /** What a page of another site may read of an answer's head. */
  private static final String EXPOSED =
      "linecast-epoch, linecast-first, linecast-next, linecast-gap, retry-after";

  private final HttpConnection connection;
  private final Caller caller;
  private final HttpRequest request;
  private final Map<String, String> words;
  private final RequestBody body;
  private boolean bodyTaken;
  private Runnable onGone = () -> {};
  private Consumer<Problem> onGivenUp = this::fail;

  Exchange(HttpConnection connection, Caller caller, Map<String, String> words, RequestBody body) {
    this.connection = connection;
    this.caller = caller;
    this.request = caller.head();
    this.words = words;
    this.body = body;
  }

  /** What a client is told that waits with its body. */
  static FullHttpResponse goOn() {
    return new DefaultFullHttpResponse(
        HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE, Unpooled.EMPTY_BUFFER);
  }

  /** The connection's socket. */
  public DuplexChannel socket() {
    return connection.socket();
  }

  /** Whether only the head of the answer is wanted. */
  public boolean isHead() {
    return request.method().equals(HttpMethod.HEAD);
  }

  /** Whether the client understands responses that come in chunks. */
  public boolean takesChunks() {
    return !request.protocolVersion().equals(HttpVersion.HTTP_1_0);
  }

  /** Whose request it is. */
  public Caller caller() {
    return caller;
  }

  /** What stands in the path in the place of a word in braces. */
  public Optional<String> word(String name) {
    return Optional.ofNullable(words.get(name));
  }

  /** A parameter of the query; the first if it is given twice. */
  public Optional<String> parameter(String name) {
    return Optional.ofNullable(parameters().get(name)).map(List::getFirst);
  }

  /** All parameters of the query, in their order. */
  public Map<String, List<String>> parameters() {
    return caller.parameters();
  }

  /** A header. */
  public Optional<String> header(CharSequence name) {
    return Optional.ofNullable(request.headers().get(name));
  }

  /** All headers. */
  public HttpHeaders headers() {
    return request.headers();
  }

  /** The body, to be looked at. */
  public ByteBuf body() {
    return body.bytes();
  }

  long heldBytes() {
    return body.heldBytes();
  }

  /** The body, for the caller to release. To be taken once. */
  public RequestBody takeBody() {
    bodyTaken = true;
    return body;
  }

  /** Answers that all is well. */
  public void answer(String contentType, byte[] content) {
    HttpHeaders headers = new DefaultHttpHeaders();
    headers.set(HttpHeaderNames.CONTENT_TYPE, contentType);
    headers.set(HttpHeaderNames.CACHE_CONTROL, "no-store");
    answer(HttpResponseStatus.OK, headers, content);
  }

  /** Answers. What every response has is added to the headers. */
  public void answer(HttpResponseStatus status, HttpHeaders headers, byte[] content) {
    DefaultFullHttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1,
            status,
            isHead() ? Unpooled.EMPTY_BUFFER : Unpooled.wrappedBuffer(content),
            headers,
            NO_TRAILERS);
    boolean unknown = isHead() && content.length == 0;
    if (!unknown && !HAVE_NO_CONTENT.contains(status)) {
      headers.setInt(HttpHeaderNames.CONTENT_LENGTH, content.length);
    }
    headers.set(HttpHeaderNames.DATE, DATE.format(Instant.now()));
    if (connection.isLast()) {
      headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    }
    addCommonHeaders(headers);
    release();
    connection.answer(response);
  }

  /** Answers that it was not done. */
  public void fail(Problem problem) {
    connection.site().onRefused().accept(problem.code());
    answer(problem);
  }

  /** Answers with a problem that is none of the request's. */
  public void answer(Problem problem) {
    HttpHeaders headers = new DefaultHttpHeaders();
    headers.set(HttpHeaderNames.CONTENT_TYPE, Problem.CONTENT_TYPE);
    headers.set(HttpHeaderNames.CACHE_CONTROL, "no-store");
    problem.headers().forEach(headers::set);
    answer(problem.status(), headers, problem.json().getBytes(StandardCharsets.UTF_8));
  }

  /** The head of a response that the taker of the connection will write itself. */
  public ByteBuf head(HttpResponseStatus status, HttpHeaders headers) {
    addCommonHeaders(headers);
    byte[] bytes = HttpCodec.head(status, headers);
    return socket().alloc().directBuffer(bytes.length).writeBytes(bytes);
  }

  private void addCommonHeaders(HttpHeaders headers) {
    SecurityHeaders.addTo(headers);
    connection
        .site()
        .protection()
        .guest(request.headers())
        .ifPresent(
            origin -> {
              headers.set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN, origin);
              headers.set(HttpHeaderNames.ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED);
              headers.set(HttpHeaderNames.VARY, HttpHeaderNames.ORIGIN);
            });
  }

  /**
   * Gives the connection away: these handlers have it from now on, the last one its end too. They
   * write to the socket themselves; nothing else is under way to it.
   *
   * @param beginning what they write before they read anything; it must not refuse the request
   */
  public void handOver(Runnable beginning, ChannelHandler... takers) {
    release();
    connection.handOver(beginning, takers);
  }

  /** What is to be done if the connection ends before the answer. */
  public void onGone(Runnable action) {
    onGone = action;
  }

  /** What is to be done, instead of answering so, if the answer is waited for no longer. */
  public void onGivenUp(Consumer<Problem> action) {
    onGivenUp = action;
  }

  /** The answer is waited for no longer. */
  void giveUp(Problem problem) {
    onGivenUp.accept(problem);
  }

  /** The connection has ended. */
  void gone() {
    release();
    onGone.run();
  }

  private void release() {
    if (!bodyTaken) {
      body.release();
    }
  }
}
