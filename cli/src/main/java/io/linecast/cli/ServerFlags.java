package io.linecast.cli;

import io.linecast.client.Address;
import io.linecast.client.ClientBuilder;
import io.linecast.client.LinecastClient;
import io.linecast.client.Tls;
import io.linecast.client.Wire;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The options that every command has that talks with a server. */
final class ServerFlags {

  /** The server, if none is named. */
  static final String DEFAULT = "127.0.0.1:1234";

  // A person waits, or a pipe.
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration PLAIN_CONNECT_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration BACK_OFF_MIN = Duration.ofMillis(100);
  private static final Duration BACK_OFF_MAX = Duration.ofSeconds(2);
  private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(2);

  @Option(
      names = "--channel",
      paramLabel = "NAME",
      description = "The channel, if it is another than the port's.")
  private @Nullable String channel;

  @Option(
      names = "--wait",
      paramLabel = "TIME",
      converter = Seconds.class,
      description =
          "How long to go on trying, in seconds, while no server can be reached. If nothing is said:"
              + " at the start not at all, later until it is back.")
  private @Nullable Duration wait;

  @Mixin private IdentityFlags identity = new IdentityFlags();

  Optional<Duration> patience() {
    return Optional.ofNullable(wait);
  }

  /** Whether there is something to say that no plain client can. */
  boolean namesChannelOrToken() {
    return channel != null || identity.namesToken();
  }

  /** Connects to an address's first server, for plain lines. */
  Wire wire(CommandLine command, Address address) throws IOException {
    Optional<Tls> tls = identity.tls(command, address);
    return Wire.connect(address.servers().getFirst(), tls, PLAIN_CONNECT_TIMEOUT);
  }

  /** Begins to describe a client of a server. */
  ClientBuilder client(CommandLine command, String address, Outage outage) {
    Address parsed = address(command, address);
    try {
      ClientBuilder builder =
          LinecastClient.to(address)
              .onConnection(outage)
              .connectTimeout(CONNECT_TIMEOUT)
              .backOff(BACK_OFF_MIN, BACK_OFF_MAX)
              .closePatience(CLOSE_PATIENCE);
      if (wait != null) {
        builder.startPatience(wait);
      }
      identity.describe(command, parsed, builder);
      return channel == null ? builder : builder.channel(channel);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(command, parsed + ": " + e.getMessage(), e);
    }
  }

  /** Reads an address. */
  static Address address(CommandLine command, String text) {
    try {
      return Address.parse(text);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(command, String.valueOf(e.getMessage()), e);
    }
  }
}
