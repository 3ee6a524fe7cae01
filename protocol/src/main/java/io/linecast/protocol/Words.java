package io.linecast.protocol;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** The words of a hello and of its answer: a nonce, and parameters with names. */
final class Words {

  static final String PREFIX = "LINECAST/";
  static final String VERSION = PREFIX + "1";

  private static final Pattern NONCE = Pattern.compile("[A-Za-z0-9_-]{8,64}");
  private static final Pattern NAME = Pattern.compile("[A-Za-z-]+");
  private static final Pattern VALUE = Pattern.compile("[\\x21-\\x7E]+");

  private Words() {}

  static boolean isNonce(String word) {
    return NONCE.matcher(word).matches();
  }

  /**
   * Parameters by name, in their order.
   *
   * @param words all of a line; the parameters begin at {@code first}
   * @throws HelloException if one is no {@code name=value}, or is given twice
   */
  static Map<String, String> parameters(String[] words, int first, String nonce) {
    Map<String, String> parameters = new LinkedHashMap<>();
    for (int i = first; i < words.length; i++) {
      int equals = words[i].indexOf('=');
      String name = words[i].substring(0, Math.max(0, equals));
      String value = words[i].substring(equals + 1);
      if (!NAME.matcher(name).matches() || !VALUE.matcher(value).matches()) {
        throw new HelloException(
            nonce, Code.BAD_HELLO, "'" + shown(words[i]) + "' is no parameter (name=value)");
      }
      if (parameters.put(name, value) != null) {
        throw new HelloException(nonce, Code.BAD_HELLO, name + " is given twice");
      }
    }
    return parameters;
  }

  /** A word of a peer's as it may stand in a message: printable and not long. */
  static String shown(String word) {
    String printable = word.replaceAll("[^\\x20-\\x7E]", "?");
    return printable.length() <= 40 ? printable : printable.substring(0, 40) + "...";
  }
}
