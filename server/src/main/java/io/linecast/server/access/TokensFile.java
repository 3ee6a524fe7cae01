package io.linecast.server.access;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * A tokens file on disk. Whoever reads it finds it whole, before an edit or after it; edits of
 * several processes come one after the other.
 *
 * @param path where it is
 */
public record TokensFile(Path path) {

  /** About 10,000 tokens: every secret that is brought is compared with all of them. */
  static final int MAX_BYTES = 1 << 20;

  /**
   * The tokens in it.
   *
   * @throws TokensFileException if a line is wrong
   */
  public List<Token> read() throws IOException {
    return text().tokens();
  }

  /**
   * The tokens in a text, which has every byte as one character.
   *
   * @throws TokensFileException if a line is wrong
   */
  public static List<Token> parse(String text) {
    return TokensText.parse(text).tokens();
  }

  private TokensText text() throws IOException {
    return TokensText.parse(content());
  }

  /** Each byte as one character: whatever a comment is written in stays as it is. */
  private String content() throws IOException {
    try (InputStream in = Files.newInputStream(path)) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw new TokensFileException("the file is larger than " + MAX_BYTES + " bytes");
      }
      return new String(bytes, StandardCharsets.ISO_8859_1);
    }
  }

  /**
   * Adds a token; the file is made if there is none.
   *
   * @return the secret, which is nowhere else; empty if there is a token of that name already
   * @throws IllegalArgumentException if the token makes no sense
   * @throws TokensFileException if the file that there is cannot be understood
   */
  public Optional<String> add(String name, Set<Right> rights, Set<String> channels)
      throws IOException {
    String secret = Token.newSecret();
    Token token = new Token(name, SecretHash.of(secret), rights, channels);
    return edit(text -> text.named(name).isPresent() ? text : text.with(token))
        ? Optional.of(secret)
        : Optional.empty();
  }

  /**
   * Removes a token.
   *
   * @return whether there was one of that name
   * @throws TokensFileException if the file cannot be understood
   */
  public boolean revoke(String name) throws IOException {
    if (Files.notExists(path)) {
      throw new NoSuchFileException(path.toString());
    }
    return edit(text -> text.named(name).isPresent() ? text.without(name) : text);
  }

  /** Whether the edit changed anything. */
  private boolean edit(UnaryOperator<TokensText> edit) throws IOException {
    try (ReplacedFile file = ReplacedFile.locked(path)) {
      boolean isNew = Files.notExists(path) || Files.size(path) == 0;
      TokensText before = isNew ? TokensText.EMPTY : text();
      TokensText after = edit.apply(before);
      if (after == before) {
        return false;
      }
      byte[] bytes = after.toString().getBytes(StandardCharsets.ISO_8859_1);
      if (bytes.length > MAX_BYTES) {
        throw new FileSystemException(
            path.toString(), null, "it would be larger than " + MAX_BYTES + " bytes");
      }
      file.replace(bytes);
      return true;
    }
  }
}
