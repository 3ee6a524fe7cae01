package io.linecast.server;

import io.linecast.protocol.Code;
import io.linecast.protocol.LineFeeds;
import io.linecast.server.access.Peer;
import io.linecast.server.limit.AddressRates;
import io.linecast.server.web.Exchange;
import io.linecast.server.web.Problem;
import io.linecast.server.web.ProblemException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * How fast lines may be posted. HTTP clients come with a connection for each request, so what is
 * one client is told by the address. Safe from any thread.
 */
final class PostPace {

  /** How many addresses are remembered: 512 KiB for both, where there is a limit. */
  private static final int PLACES = 1 << 14;

  /** Where unix sockets are one client, no address is: ffff:ffff:ffff:ffff::/64. */
  private static final long UNIX = -1;

  private final AddressRates lines;
  private final AddressRates bytes;
  private final Limited limited;

  private PostPace(LimitOptions options, Limited limited) {
    long now = System.nanoTime();
    this.lines = new AddressRates(options.linesRate(), PLACES, now);
    this.bytes = new AddressRates(options.bytesRate(), PLACES, now);
    this.limited = limited;
  }

  /** A port's own; null if lines may be posted as fast as one likes. */
  static @Nullable PostPace of(LimitOptions options, Limited limited) {
    return options.limitsSending() ? new PostPace(options, limited) : null;
  }

  /**
   * Lets a body in, which may be larger than what is left, or nothing of it.
   *
   * @throws ProblemException if its client has sent too much by now; it says when to come again
   */
  void admit(Exchange exchange) {
    Peer peer = Peer.of(exchange.socket());
    long block = AddressLimit.blockOf(peer).orElse(UNIX);
    long now = System.nanoTime();
    long forLines = lines.waitNanos(block, now);
    long wait = Math.max(forLines, bytes.waitNanos(block, now));
    if (wait > 0) {
      limited.reached(forLines > 0 ? Limit.MAX_LINES_RATE : Limit.MAX_BYTES_RATE, peer.address());
      throw new ProblemException(
          Problem.of(Code.RATE, "faster than allowed (--max-lines-rate, --max-bytes-rate)")
              .withHeader("retry-after", String.valueOf(seconds(wait))));
    }
    ByteBuffer body = exchange.body().nioBuffer();
    lines.take(block, Math.max(1, LineFeeds.count(body, 0, body.limit())), now);
    bytes.take(block, body.limit(), now);
  }

  /** In whole seconds, rounded up. */
  private static long seconds(long nanos) {
    return Math.ceilDiv(nanos, TimeUnit.SECONDS.toNanos(1));
  }
}
