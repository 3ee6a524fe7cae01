package io.linecast.acceptance;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;

/** The server that the tests were pointed at, where they were not to start the program. */
public final class Target {
  private static final String PROPERTY = "linecast.target";

  private Target() {}

  /** The address given with {@code -Dlinecast.target=host:port}. */
  public static Optional<InetSocketAddress> given() {
    return Optional.ofNullable(System.getProperty(PROPERTY))
        .filter(text -> !text.isBlank())
        .map(Target::parse);
  }

  /** Skips the test where the server is not one that it may start itself. */
  public static void assumeNoneGiven(String need) {
    assumeTrue(given().isEmpty(), () -> "-D" + PROPERTY + " is set, and this test needs " + need);
  }

  /**
   * How long somebody who has ended its sending waits for the server to do the same, which not
   * every server does that the tests may be pointed at.
   */
  static Duration closingPatience() {
    return Duration.ofSeconds(given().isPresent() ? 2 : 30);
  }

  private static InetSocketAddress parse(String text) {
    int colon = text.lastIndexOf(':');
    if (colon <= 0) {
      throw new IllegalArgumentException(PROPERTY + " is to be host:port, not " + text);
    }
    String host = text.substring(0, colon);
    return new InetSocketAddress(host, Integer.parseInt(text.substring(colon + 1)));
  }
}
