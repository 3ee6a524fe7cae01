package io.linecast.server;

import io.linecast.server.limit.Rate;
import io.netty.util.internal.PlatformDependent;
import java.time.Duration;
import java.util.OptionalInt;

/**
 * How much clients may take, each and together. Immutable.
 *
 * <p>An address is one of IPv4, or a /64 of IPv6. Where nothing is said of it, what holds for an
 * address does not hold for this machine's own; unix sockets have none.
 *
 * @param maxPerAddress connections from one address; 0: any number; empty: {@value
 *     #DEFAULT_PER_ADDRESS}
 * @param acceptRate connections accepted a second, of which a quarter may be at once; further ones
 *     wait; 0: as many as come
 * @param acceptRatePerAddress those from one address, a second's worth at once; further ones are
 *     refused; 0: as many as come; empty: {@value #DEFAULT_ACCEPT_RATE_PER_ADDRESS}
 * @param maxHandshakes TLS handshakes at work, while which no further connection is accepted on
 *     ports that speak TLS; 0: any number
 * @param maxLinesRate lines that a client may send a second, a second's worth at once; 0: any
 *     number
 * @param maxBytesRate bytes that it may send a second, likewise
 * @param handshakeTime how long what comes before the first line may take: a PROXY header, and TLS
 * @param helloTime how long a hello may take that has begun
 * @param maxMemoryBytes what may be held for clients beside their channels' lines; 0: half of what
 *     the JVM may have outside its heap
 */
public record LimitOptions(
    OptionalInt maxPerAddress,
    int acceptRate,
    OptionalInt acceptRatePerAddress,
    int maxHandshakes,
    long maxLinesRate,
    long maxBytesRate,
    Duration handshakeTime,
    Duration helloTime,
    long maxMemoryBytes) {

  /** Connections from one address, if nothing else is said. */
  public static final int DEFAULT_PER_ADDRESS = 1_000;

  /** Connections accepted a second, if nothing else is said. */
  public static final int DEFAULT_ACCEPT_RATE = 20_000;

  /** Connections accepted a second from one address, if nothing else is said. */
  public static final int DEFAULT_ACCEPT_RATE_PER_ADDRESS = 200;

  /** Handshakes at work, if nothing else is said. */
  public static final int DEFAULT_HANDSHAKES = 10_000;

  private static final int ACCEPT_RATE_MAX = 1_000_000;
  private static final long RATE_MAX = 1_000_000_000_000L;
  private static final int SECONDS_MAX = 60 * 60;
  private static final long MEMORY_MIN = 1 << 20;

  /** Refuses what cannot be; an {@link IllegalArgumentException} says what and why. */
  public LimitOptions {
    int any = Integer.MAX_VALUE;
    ServerOptions.requireRange("max-per-address", maxPerAddress.orElse(0), 0, any);
    ServerOptions.requireRange("accept-rate", acceptRate, 0, ACCEPT_RATE_MAX);
    ServerOptions.requireRange(
        "accept-rate-per-address", acceptRatePerAddress.orElse(0), 0, ACCEPT_RATE_MAX);
    ServerOptions.requireRange("max-handshakes", maxHandshakes, 0, any);
    ServerOptions.requireRange("max-lines-rate", maxLinesRate, 0, RATE_MAX);
    ServerOptions.requireRange("max-bytes-rate", maxBytesRate, 0, RATE_MAX);
    requireTime("handshake-time", handshakeTime);
    requireTime("hello-time", helloTime);
    ServerOptions.require(
        maxMemoryBytes == 0 || maxMemoryBytes >= MEMORY_MIN,
        "max-memory must be 0 or at least " + MEMORY_MIN + ", not " + maxMemoryBytes);
  }

  /** The same, but with another time for what comes before the first line. */
  public LimitOptions withHandshakeTime(Duration time) {
    return new LimitOptions(
        maxPerAddress,
        acceptRate,
        acceptRatePerAddress,
        maxHandshakes,
        maxLinesRate,
        maxBytesRate,
        time,
        helloTime,
        maxMemoryBytes);
  }

  private static void requireTime(String name, Duration time) {
    ServerOptions.require(
        time.toMillis() >= 1 && time.toSeconds() <= SECONDS_MAX,
        name + " must be above 0 and at most " + SECONDS_MAX + " seconds, not " + time);
  }

  /** What is right for most. */
  public static LimitOptions defaults() {
    return new LimitOptions(
        OptionalInt.empty(),
        DEFAULT_ACCEPT_RATE,
        OptionalInt.empty(),
        DEFAULT_HANDSHAKES,
        0,
        0,
        Duration.ofSeconds(10),
        Duration.ofSeconds(10),
        0);
  }

  /** Whether there is a limit to what a client may send a second. */
  boolean limitsSending() {
    return maxLinesRate > 0 || maxBytesRate > 0;
  }

  /** How fast lines may come from one. */
  Rate linesRate() {
    return Rate.perSecond(maxLinesRate);
  }

  /** How fast their bytes may. */
  Rate bytesRate() {
    return Rate.perSecond(maxBytesRate);
  }

  /** What may be held for clients, as it really is. */
  long memoryBytes() {
    return maxMemoryBytes > 0
        ? maxMemoryBytes
        : Math.max(MEMORY_MIN, PlatformDependent.maxDirectMemory() / 2);
  }
}
