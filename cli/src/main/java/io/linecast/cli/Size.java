package io.linecast.cli;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A number of bytes as people write it: {@code 65536}, {@code 64k}, {@code 64m}, {@code 1g}.
 *
 * @param bytes at least 0
 */
record Size(long bytes) {

  private static final Pattern FORM = Pattern.compile("(\\d{1,15})([kmg]?)(?:i?b)?");

  static final class Converter implements ITypeConverter<Size> {
    @Override
    public Size convert(String value) {
      Matcher matcher = FORM.matcher(value.strip().toLowerCase(Locale.ROOT));
      if (!matcher.matches()) {
        throw new TypeConversionException(
            "'" + value + "' is no size; say it like 65536, 64k, 64m or 1g (bytes)");
      }
      int shift =
          switch (matcher.group(2)) {
            case "k" -> 10;
            case "m" -> 20;
            case "g" -> 30;
            default -> 0;
          };
      long number = Long.parseLong(matcher.group(1));
      if (number > Long.MAX_VALUE >> shift) {
        throw new TypeConversionException("'" + value + "' is more than there can be");
      }
      return new Size(number << shift);
    }
  }
}
