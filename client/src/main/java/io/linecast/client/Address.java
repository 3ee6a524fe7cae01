package io.linecast.client;

import io.linecast.protocol.Decimal;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Where to connect: {@code linecast://a:1234,b:1234/channel?token=…}, or {@code linecasts://…} by
 * TLS. The scheme, the port (1234), the channel (the port's own) and the token may be missing:
 * {@code localhost} is an address. Or a unix socket: {@code unix:/run/linecast/lines}, with a token
 * if need be. Immutable.
 *
 * @param servers at least one, in the order in which they are tried
 * @param channel empty: the port's own
 * @param token empty: none
 * @param tls whether to speak TLS with all of them
 */
public record Address(
    List<Server> servers, Optional<String> channel, Optional<String> token, boolean tls) {

  /** The port where none is named. */
  public static final int DEFAULT_PORT = 1234;

  /**
   * One server.
   *
   * @param host a name, an IPv4 or an IPv6 address (without brackets), or {@code unix:} and the
   *     path of a unix socket
   * @param port 1 to 65535; 0 for a unix socket
   */
  public record Server(String host, int port) {

    /** A unix socket. */
    public static Server unix(Path path) {
      return new Server(UNIX + path, 0);
    }

    /** Where the unix socket is; empty if it is a port. */
    public Optional<Path> unixPath() {
      return host.startsWith(UNIX)
          ? Optional.of(Path.of(host.substring(UNIX.length())))
          : Optional.empty();
    }

    @Override
    public String toString() {
      return unixPath().isPresent()
          ? host
          : (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
  }

  private static final String SCHEME = "linecast://";
  private static final String TLS_SCHEME = "linecasts://";
  private static final String UNIX = "unix:";

  /** A host may be called unix: what comes behind it is a port then. */
  private static final Pattern UNIX_SOCKET = Pattern.compile("(?s)unix:([./][^?]*)(?:\\?(.*))?");

  private static final int LAST_PORT = 65_535;

  /** What can stand in a hello. */
  public Address {
    servers = List.copyOf(servers);
    if (servers.isEmpty()) {
      throw new IllegalArgumentException("an address names a server");
    }
    if (tls && servers.stream().anyMatch(server -> server.unixPath().isPresent())) {
      throw new IllegalArgumentException("there is no TLS on a unix socket");
    }
    if (channel.isPresent() && !isWord(channel.get())) {
      throw new IllegalArgumentException(
          "a channel's name is printable ASCII without blanks: not '" + shown(channel.get()) + "'");
    }
    if (token.isPresent() && !isWord(token.get())) {
      throw new IllegalArgumentException("a token is printable ASCII without blanks: this is not");
    }
  }

  /** Whether it can be a value in a hello: all else would be a word or a line of its own there. */
  static boolean isWord(String text) {
    return !text.isEmpty() && text.chars().allMatch(c -> c > ' ' && c <= '~');
  }

  private static String shown(String text) {
    return text.replaceAll("[^\\x20-\\x7E]", "?");
  }

  /**
   * Reads an address.
   *
   * @throws IllegalArgumentException if it is none; the message says what is wrong
   */
  public static Address parse(String text) {
    Matcher unix = UNIX_SOCKET.matcher(text);
    if (unix.matches()) {
      Server socket = Server.unix(Path.of(unix.group(1)));
      Optional<String> token = Optional.ofNullable(unix.group(2)).flatMap(Address::token);
      return new Address(List.of(socket), Optional.empty(), token, false);
    }
    boolean tls = begins(text, TLS_SCHEME);
    String scheme = tls ? TLS_SCHEME : begins(text, SCHEME) ? SCHEME : "";
    String rest = text.substring(scheme.length());
    int query = rest.indexOf('?');
    Optional<String> token = query < 0 ? Optional.empty() : token(rest.substring(query + 1));
    String place = query < 0 ? rest : rest.substring(0, query);
    int slash = place.indexOf('/');
    String channel = slash < 0 ? "" : decode(place.substring(slash + 1));
    List<Server> servers = new ArrayList<>();
    for (String server : (slash < 0 ? place : place.substring(0, slash)).split(",", -1)) {
      servers.add(server(server, text));
    }
    return new Address(
        servers, channel.isEmpty() ? Optional.empty() : Optional.of(channel), token, tls);
  }

  private static boolean begins(String text, String scheme) {
    return text.regionMatches(true, 0, scheme, 0, scheme.length());
  }

  private static Server server(String text, String whole) {
    int bracket = text.lastIndexOf(']');
    int colon = text.lastIndexOf(':');
    boolean hasPort = colon > bracket;
    String host = hasPort ? text.substring(0, colon) : text;
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    } else if (host.contains(":")) {
      throw new IllegalArgumentException(
          "'" + text + "' is no HOST:PORT (an IPv6 address stands in brackets: [::1]:1234)");
    }
    long port = hasPort ? Decimal.parse(text.substring(colon + 1)) : DEFAULT_PORT;
    if (host.isEmpty() || port < 1 || port > LAST_PORT) {
      throw new IllegalArgumentException(
          "'" + text + "' in '" + withoutToken(whole) + "' is no HOST:PORT");
    }
    return new Server(host, (int) port);
  }

  private static Optional<String> token(String query) {
    Optional<String> token = Optional.empty();
    for (String parameter : query.split("&", -1)) {
      if (!parameter.startsWith("token=")) {
        int equals = parameter.indexOf('=');
        throw new IllegalArgumentException(
            "an address has no parameter but token"
                + (equals < 0 ? "" : ": '" + parameter.substring(0, equals) + "'"));
      }
      token = Optional.of(decode(parameter.substring("token=".length())));
    }
    return token;
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) { // its words have some of what may be a secret
      throw new IllegalArgumentException("an address has two hexadecimal digits behind each %");
    }
  }

  /** A secret has no place in a message. */
  private static String withoutToken(String text) {
    int query = text.indexOf('?');
    return query < 0 ? text : text.substring(0, query) + "?...";
  }

  /** Without the token: a secret has no place in a log. */
  @Override
  public String toString() {
    String all = servers.stream().map(Server::toString).collect(Collectors.joining(","));
    if (servers.get(0).unixPath().isPresent()) {
      return all + channel.map(name -> " (channel " + name + ")").orElse("");
    }
    return (tls ? TLS_SCHEME : SCHEME) + all + channel.map(name -> "/" + name).orElse("");
  }
}
