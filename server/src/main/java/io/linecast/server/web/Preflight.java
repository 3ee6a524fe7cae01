package io.linecast.server.web;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;

/** What a browser asks before it sends a request of another site's page that was let in (CORS). */
final class Preflight implements Route {

  private static final int MAX_AGE_SECONDS = 600;

  @Override
  public void serve(Exchange exchange) {
    HttpHeaders headers = new DefaultHttpHeaders();
    headers.set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_METHODS, "GET, HEAD, POST");
    headers.set(
        HttpHeaderNames.ACCESS_CONTROL_ALLOW_HEADERS,
        "authorization, content-type, last-event-id, linecast-publisher, linecast-number");
    headers.setInt(HttpHeaderNames.ACCESS_CONTROL_MAX_AGE, MAX_AGE_SECONDS);
    exchange.answer(HttpResponseStatus.NO_CONTENT, headers, new byte[0]);
  }
}
