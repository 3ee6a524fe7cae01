package io.linecast.cli;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** Numbers as people read them, the same way as on the server's page. */
final class Figures {

  /** What stands for a number or a word that nobody knows. */
  static final String UNKNOWN = "-";

  private static final double KILO = 1e3;
  private static final double LONGEST_WHOLE = 1e5;
  private static final double KIBI = 1024;
  private static final double THREE_DIGITS = 999.5;
  private static final long MINUTE_SECONDS = 60;
  private static final String[] UNITS = {"k", "M", "G", "T"};
  private static final String[] BYTE_UNITS = {"KiB", "MiB", "GiB", "TiB"};
  private static final long[] SPAN_SECONDS = {86_400, 3_600, MINUTE_SECONDS, 1};
  private static final String[] SPANS = {"d", "h", "min", "s"};
  private static final DateTimeFormatter OF_DAY =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);
  private static final DateTimeFormatter WITH_DATE =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);

  private Figures() {}

  /** To the last digit, as {@code 3,999}. */
  static String count(OptionalDouble value) {
    return value.isPresent() ? String.format(Locale.ROOT, "%,.0f", value.getAsDouble()) : UNKNOWN;
  }

  /** To the last digit where that is short, else {@code 160 M}. */
  static String rate(OptionalDouble value) {
    if (value.isEmpty()) {
      return UNKNOWN;
    }
    double number = value.getAsDouble();
    if (Math.abs(number) < KILO) {
      return three(number);
    }
    return Math.abs(number) < LONGEST_WHOLE ? count(value) : scaled(number, KILO, UNITS);
  }

  /** As {@code 63.9 MiB}. */
  static String bytes(OptionalDouble value) {
    if (value.isEmpty()) {
      return UNKNOWN;
    }
    double number = value.getAsDouble();
    return Math.abs(number) < KIBI
        ? String.format(Locale.ROOT, "%.0f B", number)
        : scaled(number, KIBI, BYTE_UNITS);
  }

  /** As {@code 1.25 ms}, {@code 12 s}, {@code 4 min 3 s}. */
  static String millis(OptionalDouble value) {
    if (value.isEmpty()) {
      return UNKNOWN;
    }
    double number = value.getAsDouble();
    if (number < THREE_DIGITS) {
      return three(number) + " ms";
    }
    double seconds = number / KILO;
    return seconds < MINUTE_SECONDS ? three(seconds) + " s" : duration((long) seconds);
  }

  /** The two largest units, as {@code 3 d 4 h}. */
  static String duration(OptionalDouble seconds) {
    return seconds.isPresent() ? duration((long) seconds.getAsDouble()) : UNKNOWN;
  }

  static String duration(long seconds) {
    long left = Math.max(0, seconds);
    List<String> parts = new ArrayList<>();
    boolean begun = false;
    for (int i = 0; i < SPANS.length && parts.size() < 2; i++) {
      long number = left / SPAN_SECONDS[i];
      left %= SPAN_SECONDS[i];
      begun |= number > 0 || i == SPANS.length - 1;
      if (begun) {
        parts.add(number + " " + SPANS[i]);
      }
    }
    return String.join(" ", parts);
  }

  /** The time of day here of an ISO time, with the date unless it is today's. */
  static String clock(String iso, Instant now, ZoneId zone) {
    try {
      LocalDateTime time = LocalDateTime.ofInstant(Instant.parse(iso), zone);
      boolean today = time.toLocalDate().equals(LocalDateTime.ofInstant(now, zone).toLocalDate());
      return (today ? OF_DAY : WITH_DATE).format(time);
    } catch (DateTimeException e) {
      return iso;
    }
  }

  private static String scaled(double number, double step, String[] units) {
    double size = number / step;
    int unit = 0;
    // 1,023.7 would be rounded to 1,024: three digits at most, and the rest are the next unit's.
    while (Math.abs(size) >= THREE_DIGITS && unit < units.length - 1) {
      size /= step;
      unit++;
    }
    return three(size) + " " + units[unit];
  }

  /** Three digits, without zeros behind the point. */
  private static String three(double number) {
    double size = Math.abs(number);
    int decimals = size < 9.995 ? 2 : size < 99.95 ? 1 : 0;
    String digits = String.format(Locale.ROOT, "%,." + decimals + "f", number);
    return decimals == 0 ? digits : digits.replaceAll("\\.?0+$", "");
  }
}
