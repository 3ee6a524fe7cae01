package io.linecast.protocol;

/** A hello that is refused: what the {@code no} will say. */
public final class HelloException extends RuntimeException {

  private static final long serialVersionUID = 1;

  /** The nonce of an answer to a hello that had none. */
  public static final String NO_NONCE = "-";

  private final String nonce;
  private final Code code;

  /**
   * A refusal.
   *
   * @param nonce the hello's, or {@link #NO_NONCE}
   * @param text for people; one line
   */
  public HelloException(String nonce, Code code, String text) {
    super(text);
    this.nonce = nonce;
    this.code = code;
  }

  /** The hello's nonce, or {@link #NO_NONCE}. */
  public String nonce() {
    return nonce;
  }

  /** Why. */
  public Code code() {
    return code;
  }

  /** The answer's line, without its line feed. */
  public String answer() {
    return Words.VERSION + " " + nonce + " no " + code.word() + " " + getMessage();
  }
}
