package io.linecast.cli;

import io.linecast.server.TlsOptions;
import io.linecast.server.tls.ClientCertificates;
import io.linecast.server.tls.TlsProvider;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Option;

/** How the TCP ports speak TLS, as options of {@code serve}. */
@Command
final class TlsFlags {

  /** What the option without a file is, and what it may be called as a setting. */
  private static final String IN_MEMORY = "true";

  private static final String NOT_AT_ALL = "false";

  @Option(
      names = "--tls-cert",
      paramLabel = "FILE",
      description =
          "PEM: the server's certificate, then those who vouch for it. With it all ports speak TLS,"
              + " 1.2 and 1.3. Looked at every second: a new one is for new connections.")
  private @Nullable Path certificate;

  @Option(
      names = "--tls-key",
      paramLabel = "FILE",
      description = "PEM: the certificate's private key, without a passphrase.")
  private @Nullable Path key;

  @Option(
      names = "--tls-self-signed",
      paramLabel = "FILE",
      arity = "0..1",
      fallbackValue = IN_MEMORY,
      showDefaultValue = Visibility.NEVER,
      description =
          "TLS with a certificate that is made for this start, for a first try; =FILE writes it"
              + " there, to be given to clients as a CA file.")
  private @Nullable String selfSigned;

  @Option(
      names = "--tls-client-ca",
      paramLabel = "FILE",
      description =
          "PEM: who may vouch for the certificates of clients. Who has one may listen and publish in"
              + " all channels, whatever --allow and --plain say.")
  private @Nullable Path clientCa;

  @Option(
      names = "--tls-client",
      paramLabel = "optional|required",
      description =
          "Whether clients show a certificate; required if --tls-client-ca is given. With optional, who"
              + " has none may do what a token, --allow or --plain lets it. One that is not valid is"
              + " refused in any case.")
  private @Nullable ClientCertificates clients;

  @Option(
      names = "--tls-off",
      paramLabel = "PORT",
      split = ",",
      showDefaultValue = Visibility.NEVER,
      description = "A port that speaks no TLS. Repeatable.")
  private List<Integer> off = new ArrayList<>();

  @Option(
      names = "--tls-provider",
      paramLabel = "auto|openssl|jdk",
      defaultValue = "auto",
      description = "Whose TLS it is; auto: BoringSSL where it is to be had, else the JDK's.")
  private TlsProvider provider;

  /**
   * What they say together.
   *
   * @throws IllegalArgumentException if they contradict each other
   */
  TlsOptions options() {
    boolean made = selfSigned != null && !selfSigned.equals(NOT_AT_ALL);
    boolean written = made && !IN_MEMORY.equals(selfSigned);
    ClientCertificates asked =
        clientCa == null ? ClientCertificates.NONE : ClientCertificates.REQUIRED;
    return new TlsOptions(
        Optional.ofNullable(certificate),
        Optional.ofNullable(key),
        made,
        written ? Optional.of(Path.of(String.valueOf(selfSigned))) : Optional.empty(),
        Optional.ofNullable(clientCa),
        clients == null ? asked : clients,
        new HashSet<>(off),
        provider);
  }

  /** The arguments that say the same as the options. */
  static List<String> arguments(TlsOptions options) {
    List<String> arguments = new ArrayList<>();
    options.certificate().ifPresent(file -> add(arguments, "--tls-cert", file));
    options.key().ifPresent(file -> add(arguments, "--tls-key", file));
    if (options.selfSigned()) {
      arguments.add(
          "--tls-self-signed" + options.selfSignedTo().map(file -> "=" + file).orElse(""));
    }
    options.clientCa().ifPresent(file -> add(arguments, "--tls-client-ca", file));
    if (options.clients() != ClientCertificates.NONE) {
      add(arguments, "--tls-client", lowerCase(options.clients()));
    }
    options.off().stream().sorted().forEach(port -> add(arguments, "--tls-off", port));
    if (options.isOn()) {
      add(arguments, "--tls-provider", lowerCase(options.provider()));
    }
    return arguments;
  }

  private static void add(List<String> arguments, String option, Object value) {
    arguments.add(option);
    arguments.add(String.valueOf(value));
  }

  private static String lowerCase(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
