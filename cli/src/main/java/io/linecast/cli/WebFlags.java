package io.linecast.cli;

import io.linecast.server.WebOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options of the web port. */
final class WebFlags {

  /** What turns the port off. */
  static final String OFF = "off";

  @Option(
      names = "--web-port",
      paramLabel = "PORT|off",
      defaultValue = "" + WebOptions.DEFAULT_PORT,
      converter = PortConverter.class,
      description = "Port for HTTP, WebSockets and server-sent events; 0 takes any free one.")
  private OptionalInt port = OptionalInt.empty();

  @Option(
      names = "--web-host",
      paramLabel = "NAME",
      split = ",",
      showDefaultValue = Visibility.NEVER,
      description =
          "A name that the web port answers to, beside its addresses and localhost; * any."
              + " Repeatable.")
  private List<String> hosts = new ArrayList<>();

  @Option(
      names = "--web-origin",
      paramLabel = "ORIGIN",
      split = ",",
      showDefaultValue = Visibility.NEVER,
      description =
          "Another site whose pages may publish and read, such as https://example.org; * any."
              + " Repeatable.")
  private List<String> origins = new ArrayList<>();

  @Option(
      names = "--max-body",
      paramLabel = "SIZE",
      defaultValue = "1m",
      converter = Size.Converter.class,
      description = "Largest body of a request, in bytes.")
  private Size maxBody;

  @Option(
      names = "--max-bodies",
      paramLabel = "SIZE",
      defaultValue = "64m",
      converter = Size.Converter.class,
      description = "Bodies of all requests under way together, in bytes; --max-body at least.")
  private Size maxBodies;

  @Option(
      names = "--request-time",
      paramLabel = "TIME",
      defaultValue = "30",
      converter = Seconds.class,
      description = "How long a request may take to come, and its answer to be read, in seconds.")
  private Duration requestTime;

  @Option(
      names = "--max-requests",
      paramLabel = "N",
      defaultValue = "10000",
      description = "Requests on one connection, which is closed behind the last.")
  private int maxRequests;

  /** What they say together. */
  WebOptions options() {
    int maxBodyBytes = (int) Math.min(Integer.MAX_VALUE, maxBody.bytes());
    return new WebOptions(
        port, maxBodyBytes, maxBodies.bytes(), requestTime, maxRequests, hosts, origins);
  }

  /** Where a browser finds the web port. */
  static String url(boolean secure, String host, int port) {
    return (secure ? "https://" : "http://") + bracketed(host) + ":" + port + "/";
  }

  /** A host as it stands before a port. */
  static String bracketed(String host) {
    return host.indexOf(':') >= 0 ? "[" + host + "]" : host;
  }

  /** A port's number, or that there is none. */
  static final class PortConverter implements ITypeConverter<OptionalInt> {
    @Override
    public OptionalInt convert(String value) {
      if (value.strip().equalsIgnoreCase(OFF)) {
        return OptionalInt.empty();
      }
      try {
        return OptionalInt.of(Integer.parseInt(value.strip()));
      } catch (NumberFormatException e) {
        throw new TypeConversionException("'" + value + "' is neither a port's number nor off");
      }
    }
  }
}
