package io.linecast.server;

import io.linecast.fuzz.Cuts;
import io.linecast.fuzz.Property;
import io.linecast.protocol.Hello;
import io.linecast.protocol.HelloException;
import io.linecast.server.access.AccessPolicy;
import io.linecast.server.access.Allowance;
import io.linecast.server.access.PlainRights;
import io.linecast.server.access.Tickets;
import io.linecast.server.access.Tokens;
import io.linecast.server.access.TokensFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Whatever somebody sends to a line port that asks for tokens, who has no rights by where it is:
 * only who brings the token that lets publish is heard, only who brings the one that lets listen
 * hears, and whoever brings neither is closed, however the bytes are cut into reads.
 */
public final class GuardedPortProperty implements Property {

  /** What the corpus has as tokens. */
  private static final String LISTENS = "lc_listens";

  private static final String PUBLISHES = "lc_publishes";

  private static final InetAddress ELSEWHERE = InetAddress.ofLiteral("192.0.2.66");

  private static final ServerOptions OPTIONS =
      ServerOptions.builder()
          .windowBytes(1 << 20)
          .maxLineBytes(48)
          .acknowledged(new AckOptions(false, Duration.ZERO, 2, 4 << 10, 16))
          .build();

  private final AccessPolicy policy =
      new AccessPolicy(
          List.of(Allowance.parse("127.0.0.0/8")),
          PlainRights.NONE,
          Optional.of(tokens()),
          new Tickets());

  private static Tokens tokens() {
    try {
      Path file = Files.createTempFile("tokens", "");
      try {
        Files.writeString(
            file, "ann " + hash(LISTENS) + " listen *\nben " + hash(PUBLISHES) + " publish main\n");
        return Tokens.read(new TokensFile(file));
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String hash(String secret) {
    try {
      byte[] text = secret.getBytes(StandardCharsets.US_ASCII);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
    } catch (NoSuchAlgorithmException e) {
      throw new LinkageError("every Java has SHA-256", e);
    }
  }

  @Override
  public void check(byte[] input) {
    String token = tokenOf(input);
    for (Cuts cuts : Cuts.values()) {
      check(input, cuts, token);
    }
  }

  /** What its first line brings; empty if that is nothing, or no hello. */
  private static String tokenOf(byte[] input) {
    List<String> lines = Heard.linesOf(input);
    if (lines.isEmpty() || !lines.getFirst().endsWith("\n")) {
      return "";
    }
    String line = lines.getFirst();
    try {
      return Hello.parse(line.substring(0, line.length() - 1)).token().orElse("");
    } catch (HelloException refused) {
      return "";
    }
  }

  private void check(byte[] input, Cuts cuts, String token) {
    VirtualServer server = new VirtualServer(OPTIONS, policy);
    Neighbours neighbours = new Neighbours(server);
    VirtualSocket client = server.connectFrom(ELSEWHERE);
    for (byte[] read : cuts.of(input)) {
      client.send(read);
      server.settle();
    }
    neighbours.goOn();
    neighbours.sayDone();
    server.waitLong();
    boolean known = token.equals(LISTENS) || token.equals(PUBLISHES);
    Property.require(known || !client.isOpen(), () -> "a stranger stays connected");
    client.sendEnd();
    server.waitLong();
    neighbours.end();
    List<String> published = neighbours.published();
    Property.require(
        token.equals(PUBLISHES) || published.isEmpty(), () -> "published: " + published);
    List<String> told = Heard.linesOf(client.written());
    Property.require(
        token.equals(LISTENS) || told.stream().noneMatch(GuardedPortProperty::isOfChannel),
        () -> "heard: " + told);
    server.close();
  }

  private static boolean isOfChannel(String line) {
    return line.startsWith("LINE ") || Neighbours.isOurs(line.strip());
  }
}
