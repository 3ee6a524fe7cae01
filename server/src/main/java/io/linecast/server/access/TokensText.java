package io.linecast.server.access;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What stands in a tokens file: a token a line ({@code name sha256-hex rights channels}), comments
 * and empty lines. Immutable.
 *
 * <p>Every line has its end, the last one too, and there is one at least: what has not is taken for
 * a file that is just being written, in which a cut name of a channel would be another channel's.
 */
final class TokensText {

  private static final Pattern BLANKS = Pattern.compile("[ \t]+");
  private static final int FIELDS = 4;
  private static final String HEADER =
      """
      # Tokens of linecast: name, SHA-256 of the secret, rights, channels (* for all).
      # Made by: linecast token add NAME --tokens FILE
      """;

  /** A file without tokens. */
  static final TokensText EMPTY = read(HEADER.lines().toList());

  private final List<String> lines;

  /** One a line; empty where that is none. */
  private final List<Optional<Token>> tokens;

  private TokensText(List<String> lines, List<Optional<Token>> tokens) {
    this.lines = lines;
    this.tokens = tokens;
  }

  /**
   * Reads it.
   *
   * @throws TokensFileException if a line is wrong
   */
  static TokensText parse(String text) {
    List<String> lines = List.of(text.split("\n", -1));
    int last = lines.size() - 1;
    if (last == 0 && text.isEmpty()) {
      throw new TokensFileException(
          "the file is empty, as if it were just being written; with no tokens, leave a comment");
    }
    if (!lines.get(last).isEmpty()) {
      throw new TokensFileException(
          last + 1, "the line has no end, as if the file were just being written");
    }
    return read(lines.subList(0, last));
  }

  private static TokensText read(List<String> lines) {
    List<Optional<Token>> tokens = new ArrayList<>();
    Map<String, Integer> names = new HashMap<>();
    Map<SecretHash, Integer> hashes = new HashMap<>();
    for (String line : lines) {
      int number = tokens.size() + 1;
      Optional<Token> token = token(line.strip(), number);
      tokens.add(token);
      if (token.isPresent()) {
        requireNew(names.put(token.get().name(), number), number, "name");
        requireNew(hashes.put(token.get().hash(), number), number, "secret");
      }
    }
    return new TokensText(lines, tokens);
  }

  private static void requireNew(@Nullable Integer before, int number, String what) {
    if (before != null) {
      throw new TokensFileException(number, "the same " + what + " as in line " + before);
    }
  }

  private static Optional<Token> token(String line, int number) {
    if (line.isEmpty() || line.startsWith("#")) {
      return Optional.empty();
    }
    String[] fields = BLANKS.split(line, -1);
    if (fields.length != FIELDS) {
      throw new TokensFileException(
          number, "a name, a SHA-256, rights and channels are wanted, blanks between them");
    }
    if (!SecretHash.isHex(fields[1])) {
      throw new TokensFileException(number, "a SHA-256 is 64 of 0-9 a-f");
    }
    try {
      return Optional.of(
          new Token(
              fields[0],
              SecretHash.ofHex(fields[1]),
              Token.rights(fields[2]),
              Token.channels(fields[3])));
    } catch (IllegalArgumentException e) {
      throw new TokensFileException(number, String.valueOf(e.getMessage()));
    }
  }

  List<Token> tokens() {
    return tokens.stream().flatMap(Optional::stream).toList();
  }

  Optional<Token> named(String name) {
    return tokens().stream().filter(token -> token.name().equals(name)).findFirst();
  }

  /** With one more, behind all that there is. */
  TokensText with(Token token) {
    List<String> more = new ArrayList<>(lines);
    more.add(token.line());
    return read(more);
  }

  /** Without the one of a name; all else as it is. */
  TokensText without(String name) {
    List<String> less = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      boolean leaves =
          i < tokens.size() && tokens.get(i).filter(t -> t.name().equals(name)).isPresent();
      if (!leaves) {
        less.add(lines.get(i));
      }
    }
    return read(less.isEmpty() ? EMPTY.lines : less);
  }

  @Override
  public String toString() {
    return String.join("\n", lines) + "\n";
  }
}
