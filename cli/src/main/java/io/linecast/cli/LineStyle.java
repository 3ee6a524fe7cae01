package io.linecast.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Locale;

/** How a line that was heard is written. For one thread. */
final class LineStyle {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);
  private static final char FIRST_PRINTABLE = 0x20;

  private final boolean json;
  private final boolean seq;
  private final boolean time;
  private final InstantSource clock;
  private final CharsetDecoder utf8 = StandardCharsets.UTF_8.newDecoder();
  private long textMillis = -1;
  private String timeText = "";

  /**
   * A style.
   *
   * @param json an object a line, with all that is known; otherwise bytes as they are
   * @param seq whether a number comes before the bytes
   * @param time whether a time comes before the bytes
   */
  LineStyle(boolean json, boolean seq, boolean time, InstantSource clock) {
    this.json = json;
    this.seq = seq;
    this.time = time;
    this.clock = clock;
  }

  /**
   * Writes a line.
   *
   * @param number its number; 0 if that is not known
   * @param epoch the numbering
   */
  void write(long number, String epoch, byte[] line, OutputStream out) throws IOException {
    if (json) {
      out.write(object(number, epoch, line).getBytes(StandardCharsets.UTF_8));
    } else {
      if (seq) {
        out.write((number + " ").getBytes(StandardCharsets.US_ASCII));
      }
      if (time) {
        out.write((now() + " ").getBytes(StandardCharsets.US_ASCII));
      }
      out.write(line);
    }
    out.write('\n');
  }

  private String object(long number, String epoch, byte[] line) {
    StringBuilder object = new StringBuilder(line.length + 100).append('{');
    if (number > 0) {
      object.append("\"seq\":").append(number).append(",\"epoch\":");
      quote(epoch, object).append(',');
    }
    object.append("\"time\":\"").append(now()).append("\",");
    try {
      String text = utf8.decode(ByteBuffer.wrap(line)).toString();
      quote(text, object.append("\"text\":"));
    } catch (CharacterCodingException notText) {
      object.append("\"base64\":\"").append(Base64.getEncoder().encodeToString(line)).append('"');
    }
    return object.append('}').toString();
  }

  private static StringBuilder quote(String text, StringBuilder to) {
    to.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        to.append('\\').append(c);
      } else if (c < FIRST_PRINTABLE) {
        to.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      } else {
        to.append(c);
      }
    }
    return to.append('"');
  }

  /** When it was heard, to the millisecond: put into words once for all lines of one. */
  private String now() {
    long millis = clock.millis();
    if (millis != textMillis) {
      textMillis = millis;
      timeText = TIME.format(clock.instant());
    }
    return timeText;
  }
}
