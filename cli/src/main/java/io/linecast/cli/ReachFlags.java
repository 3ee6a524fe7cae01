package io.linecast.cli;

import io.linecast.server.ReachOptions;
import io.linecast.server.ReachOptions.UnixSocket;
import io.linecast.server.ServerOptions;
import io.linecast.server.access.Network;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Where clients find the ports, and by which ways they come beside them: options of serve. */
final class ReachFlags {

  @Option(
      names = "--bind",
      paramLabel = "ADDRESS",
      split = ",",
      defaultValue = "127.0.0.1",
      description =
          "Address to listen on; 0.0.0.0 opens the ports to other machines, :: to those with IPv6"
              + " as well. Repeatable: every port is on each. An IPv4 address beside :: is the only"
              + " one for IPv4.")
  private List<String> bind = new ArrayList<>();

  @Option(
      names = "--unix",
      paramLabel = "PATH[=CHANNEL]",
      split = ",",
      converter = UnixSocketConverter.class,
      showDefaultValue = Visibility.NEVER,
      description =
          "A unix socket with its channel, main if none is named; removed when the server stops. Who"
              + " may connect to it may listen and publish in all channels. Repeatable.")
  private List<UnixSocket> unix = new ArrayList<>();

  @Option(
      names = "--unix-mode",
      paramLabel = "MODE",
      defaultValue = "0660",
      converter = ModeConverter.class,
      description = "Who may connect to unix sockets: their files' permissions, octal.")
  private int unixMode;

  @Option(
      names = "--unix-owner",
      paramLabel = "USER[:GROUP]",
      description = "Whose the files of unix sockets are. :GROUP names the group alone.")
  private @Nullable String unixOwner;

  @Option(
      names = "--proxy-from",
      paramLabel = "CIDR",
      split = ",",
      converter = NetworkConverter.class,
      showDefaultValue = Visibility.NEVER,
      description =
          "A proxy, or a network of them, such as 192.0.2.7 or 192.0.2.0/24: each connection from"
              + " there begins with a PROXY header, v1 or v2, that tells whose it is. Repeatable.")
  private List<Network> proxyFrom = new ArrayList<>();

  /** Where every port is, the main address first. */
  List<String> bind() {
    return bind;
  }

  /** What the others say together. */
  ReachOptions options() {
    return new ReachOptions(unix, unixMode, Optional.ofNullable(unixOwner), proxyFrom);
  }

  /** The arguments that say the same as the options. */
  static List<String> arguments(ReachOptions options) {
    List<String> arguments = new ArrayList<>();
    options
        .unix()
        .forEach(socket -> arguments.addAll(List.of("--unix", UnixSocketConverter.text(socket))));
    arguments.addAll(List.of("--unix-mode", "%04o".formatted(options.unixMode())));
    options.unixOwner().ifPresent(owner -> arguments.addAll(List.of("--unix-owner", owner)));
    options
        .proxyFrom()
        .forEach(network -> arguments.addAll(List.of("--proxy-from", network.toString())));
    return arguments;
  }

  /** A path, and a channel behind the last {@code =} if what stands there can be one. */
  static final class UnixSocketConverter implements ITypeConverter<UnixSocket> {
    @Override
    public UnixSocket convert(String value) {
      int equals = value.lastIndexOf('=');
      boolean named = equals >= 0 && value.indexOf('/', equals) < 0;
      try {
        return named
            ? new UnixSocket(value.substring(0, equals), value.substring(equals + 1).strip())
            : new UnixSocket(value, ServerOptions.MAIN_CHANNEL);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }

    static String text(UnixSocket socket) {
      return socket.path() + "=" + socket.channel();
    }
  }

  /** Permissions, as chmod takes them. */
  static final class ModeConverter implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String value) {
      if (!value.strip().matches("0?[0-7]{3}")) {
        throw new TypeConversionException("'" + value + "' is no mode, such as 0660 or 0600");
      }
      return Integer.parseInt(value.strip(), 8);
    }
  }

  /** Addresses that begin alike. */
  static final class NetworkConverter implements ITypeConverter<Network> {
    @Override
    public Network convert(String value) {
      try {
        return Network.parse(value);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }
}
