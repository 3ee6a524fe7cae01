package io.linecast.acceptance.ack;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a server says to a hello.
 *
 * @param nonce {@code -} where the hello had none
 * @param code of a refusal; empty if all is well
 * @param parameters by their names
 */
record Answer(String nonce, String code, Map<String, String> parameters) {

  private static final String PREFIX = "LINECAST/1 ";

  /** Reads a line that may be the answer; empty if it is another line. */
  static Optional<Answer> parse(byte[] line, String nonce) {
    String text = new String(line, ISO_8859_1);
    boolean answers = text.startsWith(PREFIX + nonce + " ") || text.startsWith(PREFIX + "- no ");
    return answers ? Optional.of(parse(text)) : Optional.empty();
  }

  private static Answer parse(String text) {
    assertThat(text)
        .as("an answer by the grammar")
        .matches(
            "LINECAST/1 ([A-Za-z0-9_-]{8,64} ok( [A-Za-z-]+=[!-~]+)*"
                + "|([A-Za-z0-9_-]{8,64}|-) no [a-z-]+ [^\n]*)");
    String[] words = text.split(" ", -1);
    Map<String, String> parameters = new LinkedHashMap<>();
    if (words[2].equals("no")) {
      return new Answer(words[1], words[3], parameters);
    }
    for (int i = 3; i < words.length; i++) {
      String[] pair = words[i].split("=", 2);
      assertThat(parameters.put(pair[0], pair[1])).as("%s is given twice", pair[0]).isNull();
    }
    return new Answer(words[1], "", parameters);
  }

  boolean isOk() {
    return code.isEmpty();
  }

  String text(String name) {
    return Optional.ofNullable(parameters.get(name))
        .orElseThrow(() -> new AssertionError("no " + name + " in " + this));
  }

  long number(String name) {
    return Long.parseLong(text(name));
  }

  long next() {
    return number("next");
  }

  long oldest() {
    return number("oldest");
  }

  String epoch() {
    return text("epoch");
  }

  int maxLine() {
    return (int) number("max-line");
  }

  OptionalLong last() {
    return parameters.containsKey("last") ? OptionalLong.of(number("last")) : OptionalLong.empty();
  }
}
