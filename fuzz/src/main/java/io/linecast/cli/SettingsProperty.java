package io.linecast.cli;

import io.linecast.client.Address;
import io.linecast.client.Position;
import io.linecast.fuzz.Property;
import io.linecast.server.web.EventId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;

/**
 * Whatever stands in a configuration file, the server's options come of it, or a message that says
 * what is wrong. And each of its lines, taken as a size, a time, a port with its channel, an
 * address, a position or an event's id, is one, or is refused as one.
 */
public final class SettingsProperty implements Property {

  private static final String SERVE = "serve";
  private static final String TOKEN = "token=";

  /** What is shorter may stand in any message. */
  private static final int SECRET_MIN_CHARS = 12;

  @Override
  public void check(byte[] input) throws IOException {
    checkFile(input);
    for (String line : new String(input, StandardCharsets.UTF_8).split("\n", -1)) {
      checkWords(line);
      checkAddress(line);
    }
  }

  private static void checkFile(byte[] content) throws IOException {
    Path file = Files.createTempFile("linecast", ".properties");
    try {
      Files.write(file, content);
      CommandLine linecast = Linecast.commandLine();
      CommandLine serve = Objects.requireNonNull(linecast.getSubcommands().get(SERVE));
      ServeCommand command = serve.getCommand();
      Settings settings = new Settings(Map.of());
      settings.readFile(serve, SERVE, "--config=" + file);
      serve.setDefaultValueProvider(settings);
      linecast.parseArgs(SERVE);
      command.options();
    } catch (ParameterException wrong) {
      requireMessage(wrong);
    } catch (UncheckedIOException notText) {
      requireMessage(notText);
    } finally {
      Files.delete(file);
    }
  }

  private static void requireMessage(Exception refusal) {
    String message = refusal.getMessage();
    Property.require(message != null && !message.isBlank(), () -> "no word why: " + refusal);
  }

  private static void checkWords(String line) {
    try {
      Size size = new Size.Converter().convert(line);
      Property.require(size.bytes() >= 0, () -> line + " is " + size);
    } catch (TypeConversionException wrong) {
      requireMessage(wrong);
    }
    try {
      boolean negative = new Seconds().convert(line).isNegative();
      Property.require(!negative, () -> line + " is a time before now");
    } catch (TypeConversionException wrong) {
      requireMessage(wrong);
    }
    try {
      new LinePortConverter().convert(line);
    } catch (TypeConversionException wrong) {
      requireMessage(wrong);
    }
    Position.parse(line)
        .ifPresent(
            place ->
                Property.require(
                    Position.parse(place.toString()).equals(Optional.of(place)),
                    () -> line + " is " + place));
    EventId.parse(line).ifPresent(id -> Property.require(id.line() >= 0, () -> line + " is " + id));
    Property.require(
        SafeText.of(line).chars().noneMatch(Character::isISOControl),
        () -> "a control character is shown of " + line);
  }

  private static void checkAddress(String line) {
    try {
      Address address = Address.parse(line);
      Address shown = Address.parse(address.toString());
      Property.require(
          shown.servers().equals(address.servers()) && shown.token().isEmpty(),
          () -> line + " is shown as " + address);
    } catch (IllegalArgumentException wrong) {
      requireMessage(wrong);
      String message = String.valueOf(wrong.getMessage());
      Property.require(!tells(message, line), () -> "a token is told: " + message);
    }
  }

  /** Whether a message has a token of an address that stands nowhere else in it. */
  private static boolean tells(String message, String address) {
    int query = address.indexOf('?');
    int token = query < 0 ? -1 : address.indexOf(TOKEN, query);
    String secret = token < 0 ? "" : address.substring(token + TOKEN.length());
    return secret.length() >= SECRET_MIN_CHARS
        && !address.substring(0, query).contains(secret)
        && message.contains(secret);
  }
}
