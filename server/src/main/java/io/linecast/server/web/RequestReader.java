package io.linecast.server.web;

import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Puts one request after the other together from what the decoder finds. Owned by the connection's
 * loop.
 */
final class RequestReader {

  /** What is to be done once a part of a request has been read. */
  enum Due {
    /** Nothing: more will come. */
    NOTHING,
    /** The client waits to be told to send the body. */
    GO_ON,
    /** The request has come, or as far as it will be looked at. */
    SERVE
  }

  private final WebSite site;
  private final DuplexChannel socket;
  private @Nullable IncomingRequest request;
  private int requests;

  RequestReader(WebSite site, DuplexChannel socket) {
    this.site = site;
    this.socket = socket;
  }

  /** Whether a request has begun. */
  boolean hasBegun() {
    return request != null;
  }

  /** What is held of the request at hand. */
  long heldBytes() {
    return request == null ? 0 : request.heldBytes();
  }

  /** Whether the request at hand is the last that may come on this connection. */
  boolean isLast() {
    return requests >= site.limits().requests();
  }

  /** Takes the next part, and its reference. */
  Due read(Object part) {
    try {
      if (part instanceof HttpRequest head) {
        return begin(head);
      }
      if (part instanceof HttpContent content && request != null) {
        request.add(content);
        return request.isGivenUp() || content instanceof LastHttpContent ? Due.SERVE : Due.NOTHING;
      }
      return Due.NOTHING;
    } finally {
      ReferenceCountUtil.release(part);
    }
  }

  private Due begin(HttpRequest head) {
    requests++;
    IncomingRequest begun = new IncomingRequest(head, site, socket);
    request = begun;
    if (begun.isGivenUp()) {
      return Due.SERVE;
    }
    if (begun.asksWhetherToGoOn()) {
      return begun.refusal().isPresent() ? Due.SERVE : Due.GO_ON;
    }
    return Due.NOTHING;
  }

  /** The request that has come in part, to be refused; its head may be what is missing. */
  IncomingRequest giveUp(Problem problem) {
    if (request == null) {
      return IncomingRequest.unread(site, socket, problem);
    }
    IncomingRequest late = take();
    late.giveUp(problem);
    return late;
  }

  /** The request that has begun. */
  IncomingRequest take() {
    IncomingRequest taken = Objects.requireNonNull(request);
    request = null;
    return taken;
  }

  /** Nothing more comes. */
  void release() {
    if (request != null) {
      request.release();
      request = null;
    }
  }
}
