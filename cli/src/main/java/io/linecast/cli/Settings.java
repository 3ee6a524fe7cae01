package io.linecast.cli;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/**
 * Options that were not given on the command line: from the environment ({@code LINECAST_MAX_LINE}
 * for {@code --max-line}), else from a properties file ({@code max-line = 64k}).
 */
final class Settings implements IDefaultValueProvider {

  private static final String PREFIX = "LINECAST_";
  private static final String CONFIG = "config";

  /** Options that make no sense as a setting. */
  private static final Set<String> NOT_SETTINGS = Set.of("help", "version", CONFIG);

  private final Map<String, String> environment;
  private final Properties file = new Properties();
  private @Nullable String fileName;

  Settings(Map<String, String> environment) {
    this.environment = environment;
  }

  /**
   * Reads the file that {@code --config} or the environment names, if one does.
   *
   * @throws ParameterException if it has a key that is no option of the command
   */
  void readFile(CommandLine command, String... args) {
    fileName = environment.get(variable(CONFIG));
    for (int i = 0; i < args.length; i++) {
      if (args[i].equals("--config") && i + 1 < args.length) {
        fileName = args[i + 1];
      } else if (args[i].startsWith("--config=")) {
        fileName = args[i].substring("--config=".length());
      }
    }
    if (fileName == null) {
      return;
    }
    try (Reader reader = Files.newBufferedReader(Path.of(fileName), StandardCharsets.UTF_8)) {
      file.load(reader);
    } catch (IOException e) {
      throw FileTrouble.report("cannot read the configuration file " + fileName, e);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(command, fileName + ": " + e.getMessage());
    }
    refuseUnknownKeys(command);
  }

  private void refuseUnknownKeys(CommandLine command) {
    Set<String> known = new TreeSet<>();
    for (OptionSpec option : command.getCommandSpec().options()) {
      known.add(name(option));
    }
    known.removeAll(NOT_SETTINGS);
    for (String key : new TreeSet<>(file.stringPropertyNames())) {
      if (!known.contains(key)) {
        throw new ParameterException(
            command,
            "%s: there is no setting '%s'; there are %s"
                .formatted(fileName, key, String.join(", ", known)));
      }
    }
  }

  @Override
  public @Nullable String defaultValue(ArgSpec argument) {
    if (!(argument instanceof OptionSpec option) || NOT_SETTINGS.contains(name(option))) {
      return null;
    }
    String value = environment.get(variable(name(option)));
    return value != null ? value : file.getProperty(name(option));
  }

  /** Where an option's value comes from if not from the command line; empty if from nowhere. */
  String origin(CommandSpec command, String message) {
    for (OptionSpec option : command.options()) {
      boolean named =
          message.contains("'" + option.longestName() + "'")
              || message.startsWith(option.longestName() + " ");
      if (named && defaultValue(option) != null) {
        String variable = variable(name(option));
        return environment.containsKey(variable)
            ? " (from the environment: " + variable + ")"
            : " (from " + fileName + ")";
      }
    }
    return "";
  }

  private static String name(OptionSpec option) {
    return option.longestName().substring("--".length());
  }

  private static String variable(String name) {
    return PREFIX + name.toUpperCase(Locale.ROOT).replace('-', '_');
  }
}
