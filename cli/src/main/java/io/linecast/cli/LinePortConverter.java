package io.linecast.cli;

import io.linecast.server.ServerOptions.LinePort;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A port and its channel, written {@code PORT=CHANNEL}. */
final class LinePortConverter implements ITypeConverter<LinePort> {

  @Override
  public LinePort convert(String value) {
    int equals = value.indexOf('=');
    try {
      if (equals > 0) {
        int port = Integer.parseInt(value.substring(0, equals).strip());
        return new LinePort(port, value.substring(equals + 1).strip());
      }
    } catch (NumberFormatException notANumber) {
      throw new TypeConversionException("'" + value + "' does not begin with a port's number");
    } catch (IllegalArgumentException outOfRange) {
      throw new TypeConversionException(outOfRange.getMessage());
    }
    throw new TypeConversionException("'" + value + "' is not PORT=CHANNEL, such as 1235=ships");
  }
}
