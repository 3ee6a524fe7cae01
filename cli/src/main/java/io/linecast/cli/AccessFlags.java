package io.linecast.cli;

import io.linecast.server.AccessOptions;
import io.linecast.server.access.Allowance;
import io.linecast.server.access.PlainRights;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Who may do what, as options of {@code serve}. */
@Command
final class AccessFlags {

  @Option(
      names = "--tokens",
      paramLabel = "FILE",
      description =
          "Tokens that clients bring, made by linecast token add; read again when it changes.")
  private @Nullable Path tokens;

  @Option(
      names = "--allow",
      paramLabel = "CIDR[=RIGHTS]",
      split = ",",
      converter = AllowanceConverter.class,
      showDefaultValue = Visibility.NEVER,
      description =
          "What clients of a network may do without a token: listen, publish or both, as in"
              + " 10.0.0.0/8=listen. Repeatable.")
  private List<Allowance> allow = new ArrayList<>();

  @Option(
      names = "--plain",
      paramLabel = "RIGHTS",
      description =
          "What every other client may do without a token: listen, publish, both or none. If nothing"
              + " is said: both without --tokens, --allow and --tls-client-ca, else none.")
  private @Nullable PlainRights plain;

  /** What they say together. */
  AccessOptions options() {
    return new AccessOptions(Optional.ofNullable(tokens), allow, Optional.ofNullable(plain));
  }

  /** The arguments that say the same as the options. */
  static List<String> arguments(AccessOptions options) {
    List<String> arguments = new ArrayList<>();
    options.tokens().ifPresent(file -> arguments.addAll(List.of("--tokens", file.toString())));
    options.allow().forEach(some -> arguments.addAll(List.of("--allow", some.toString())));
    options.plain().ifPresent(rights -> arguments.addAll(List.of("--plain", rights.word())));
    return arguments;
  }

  /** A network, and what its clients may do. */
  static final class AllowanceConverter implements ITypeConverter<Allowance> {
    @Override
    public Allowance convert(String value) {
      try {
        return Allowance.parse(value);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(String.valueOf(e.getMessage()));
      }
    }
  }
}
