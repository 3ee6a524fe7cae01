package io.linecast.load;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One figure of a report.
 *
 * @param key its name in JSON, units last
 * @param label its name for people
 * @param value NaN if it could not be measured
 * @param decimals as many as are worth showing to people
 */
record Figure(String key, String label, double value, int decimals, String unit) {

  static Figure count(String key, String label, long value) {
    return new Figure(key, label, value, 0, "");
  }

  String toRow() {
    if (Double.isNaN(value)) {
      return String.format(Locale.ROOT, "%-34s %18s", label, "–");
    }
    String number = String.format(Locale.ROOT, "%,." + decimals + "f", value);
    return String.format(Locale.ROOT, "%-34s %18s %s", label, number, unit).stripTrailing();
  }

  /** The value for JSON: whole if it is, null if there is none. */
  @Nullable Number number() {
    if (Double.isNaN(value)) {
      return null;
    }
    if (value == Math.rint(value)) {
      return (long) value;
    }
    return value;
  }
}
