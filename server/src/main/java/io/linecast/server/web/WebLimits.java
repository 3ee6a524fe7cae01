package io.linecast.server.web;

import io.netty.handler.codec.http.HttpDecoderConfig;
import java.time.Duration;

/**
 * What a request may take. Immutable.
 *
 * @param bodyBytes what follows its headers
 * @param time from the connection's beginning, or the end of the answer before, to its end
 * @param requests one after the other on a connection, which is closed behind the last
 */
public record WebLimits(int bodyBytes, Duration time, int requests) {

  /** The longest first line. */
  public static final int REQUEST_LINE_BYTES = 8 << 10;

  /** The headers together. */
  public static final int HEADER_BYTES = 16 << 10;

  /** What reads requests within these bounds. */
  static RequestDecoder newDecoder() {
    return new RequestDecoder(
        new HttpDecoderConfig()
            .setMaxInitialLineLength(REQUEST_LINE_BYTES)
            .setMaxHeaderSize(HEADER_BYTES));
  }
}
