package io.linecast.cli;

/**
 * What others have written, a server's reasons among it, made harmless for a terminal: nothing in
 * it moves the cursor, changes a colour or turns the writing round.
 */
final class SafeText {

  private static final int MAX_CHARS = 4_000;
  private static final int PICTURES = 0x2400;
  private static final int DELETE = 0x7f;
  private static final int DELETE_PICTURE = 0x2421;
  private static final String REPLACED = "\uFFFD";

  private SafeText() {}

  static String of(String text) {
    String whole = text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    int end = Math.min(whole.length(), MAX_CHARS);
    StringBuilder safe = new StringBuilder(end);
    whole.substring(0, end).codePoints().forEach(point -> append(point, safe));
    if (end < whole.length()) {
      safe.append("… (").append(whole.length() - end).append(" more)");
    }
    return safe.toString();
  }

  private static void append(int point, StringBuilder safe) {
    if (point == '\t') {
      safe.append("    ");
    } else if (point < ' ') {
      safe.appendCodePoint(PICTURES + point);
    } else if (point == DELETE) {
      safe.appendCodePoint(DELETE_PICTURE);
    } else if (isUnsafe(point)) {
      safe.append(REPLACED);
    } else {
      safe.appendCodePoint(point);
    }
  }

  private static boolean isUnsafe(int point) {
    return switch (Character.getType(point)) {
      // FORMAT has what turns the writing round; joiners of letters and emoji are in it too.
      case Character.FORMAT -> point != 0x200C && point != 0x200D;
      case Character.CONTROL,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> false;
    };
  }
}
