package io.linecast.cli;

import io.linecast.client.Address;
import io.linecast.client.ClientBuilder;
import io.linecast.client.Tls;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/**
 * Whom a command trusts, and what it shows and brings for itself. A token is named by a file or the
 * environment: on the command line everybody on the machine could read it.
 */
final class IdentityFlags {

  /** The environment's token. */
  static final String TOKEN_VARIABLE = "LINECAST_TOKEN";

  private static final Pattern TOKEN = Pattern.compile("[!-~]{1,1024}");
  private static final int LONGEST_LINE = 4096;

  private final Map<String, String> environment;

  @Option(
      names = "--tls-ca",
      paramLabel = "FILE",
      description =
          "Trust only servers with a certificate of this file (PEM), or of a CA in it. If nothing is"
              + " said, those that Java trusts.")
  private @Nullable Path ca;

  @Option(
      names = "--tls-cert",
      paramLabel = "FILE",
      description = "The certificate to show to a server that asks for one (PEM); needs --tls-key.")
  private @Nullable Path certificate;

  @Option(
      names = "--tls-key",
      paramLabel = "FILE",
      description = "Its key (PEM, PKCS#8, not encrypted).")
  private @Nullable Path key;

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description =
          "A file whose first line is the token that the server asks for. Without it, and without"
              + " one in the address, the environment's "
              + TOKEN_VARIABLE
              + ".")
  private @Nullable Path tokenFile;

  IdentityFlags() {
    this(System.getenv());
  }

  IdentityFlags(Map<String, String> environment) {
    this.environment = environment;
  }

  /** Whether a token is named by a flag. */
  boolean namesToken() {
    return tokenFile != null;
  }

  /** Describes the client further. */
  void describe(CommandLine command, Address address, ClientBuilder builder) {
    tls(command, address).ifPresent(builder::tls);
    if (tokenFile != null || address.token().isEmpty()) {
      token(command).ifPresent(builder::token);
    }
  }

  /** How to speak TLS with an address's servers; empty if it is none to speak TLS with. */
  Optional<Tls> tls(CommandLine command, Address address) {
    return tls(command, address.tls(), "linecasts://HOST:PORT");
  }

  /**
   * How to speak TLS.
   *
   * @param wanted whether the address asks for it
   * @param way what an address looks like that does
   */
  Optional<Tls> tls(CommandLine command, boolean wanted, String way) {
    if (!wanted) {
      if (ca != null || certificate != null || key != null) {
        throw new ParameterException(
            command, "--tls-ca, --tls-cert and --tls-key need an address with TLS: " + way);
      }
      return Optional.empty();
    }
    if ((certificate == null) != (key == null)) {
      throw new ParameterException(command, "--tls-cert and --tls-key need each other");
    }
    try {
      Tls tls = ca == null ? Tls.standard() : Tls.trusting(ca);
      return Optional.of(
          certificate == null || key == null ? tls : tls.presenting(certificate, key));
    } catch (IOException e) {
      String file = e instanceof FileSystemException named ? named.getFile() : "a file for TLS";
      throw FileTrouble.report("cannot read " + file, e);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(command, String.valueOf(e.getMessage()), e);
    }
  }

  /** The token, if there is one; what is wrong with it is told without it. */
  Optional<String> token(CommandLine command) {
    if (tokenFile != null) {
      String origin = "--token-file: the first line of " + tokenFile;
      return Optional.of(checked(command, firstLine(tokenFile), origin));
    }
    String token = environment.getOrDefault(TOKEN_VARIABLE, "");
    return token.isEmpty()
        ? Optional.empty()
        : Optional.of(checked(command, token, "the environment's " + TOKEN_VARIABLE));
  }

  private static String checked(CommandLine command, String text, String origin) {
    String token = text.strip();
    if (!TOKEN.matcher(token).matches()) {
      throw new ParameterException(
          command, origin + " is no token, which is printable ASCII without blanks");
    }
    return token;
  }

  private static String firstLine(Path file) {
    StringBuilder line = new StringBuilder();
    try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
      for (int next = reader.read();
          next >= 0 && next != '\n' && line.length() < LONGEST_LINE;
          next = reader.read()) {
        line.append((char) next);
      }
      return line.toString();
    } catch (IOException e) {
      throw FileTrouble.report("cannot read the token's file " + file, e);
    }
  }
}
