package io.linecast.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * How much a journal keeps. Immutable.
 *
 * @param age lines older than this are let go; empty: none
 * @param lines how many lines at most; 0: no limit
 * @param bytes how many bytes at most; 0: no limit
 */
record Keep(Optional<Duration> age, long lines, long bytes) {

  /** Everything. */
  static final Keep ALL = new Keep(Optional.empty(), 0, 0);

  private static final Pattern PART = Pattern.compile("([0-9]{1,15})([a-z]+)");

  private static final Map<String, Duration> AGES =
      Map.of(
          "s", Duration.ofSeconds(1),
          "min", Duration.ofMinutes(1),
          "h", Duration.ofHours(1),
          "d", Duration.ofDays(1));

  private static final Map<String, Long> SIZES =
      Map.of("k", 1L << 10, "m", 1L << 20, "g", 1L << 30);

  /** Reads a value. */
  static final class Converter implements ITypeConverter<Keep> {
    @Override
    public Keep convert(String value) {
      return parse(value);
    }
  }

  /**
   * What a value means.
   *
   * @throws TypeConversionException if it means nothing
   */
  static Keep parse(String value) {
    Keep keep = ALL;
    for (String part : value.split(",", -1)) {
      keep = keep.and(part.strip().toLowerCase(Locale.ROOT));
    }
    return keep;
  }

  private Keep and(String part) {
    Matcher matcher = PART.matcher(part);
    if (!matcher.matches()) {
      throw wrong(part);
    }
    long count = Long.parseLong(matcher.group(1));
    String unit = matcher.group(2);
    try {
      if (count > 0 && AGES.containsKey(unit) && age.isEmpty()) {
        return new Keep(Optional.of(AGES.get(unit).multipliedBy(count)), lines, bytes);
      }
      if (count > 0 && unit.equals("lines") && lines == 0) {
        return new Keep(age, count, bytes);
      }
      if (count > 0 && SIZES.containsKey(unit) && bytes == 0) {
        return new Keep(age, lines, Math.multiplyExact(count, SIZES.get(unit)));
      }
    } catch (ArithmeticException e) {
      throw wrong(part);
    }
    throw wrong(part);
  }

  private static TypeConversionException wrong(String part) {
    return new TypeConversionException(
        "'"
            + part
            + "' is not how much is kept: an age (90s, 30min, 12h, 7d), lines (1000000lines) or"
            + " bytes (500m, 10g), each once");
  }

  @Override
  public String toString() {
    List<String> parts = new ArrayList<>();
    age.ifPresent(longest -> parts.add(longest.toSeconds() + "s"));
    if (lines > 0) {
      parts.add(lines + "lines");
    }
    if (bytes > 0) {
      parts.add((bytes + 1023) / 1024 + "k");
    }
    return String.join(",", parts);
  }
}
