package io.linecast.protocol;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * The first line of an acknowledged client: {@code LINECAST/1 <nonce> [name=value …]}. Immutable.
 *
 * @param nonce what the answer will bear: 8 to 64 of {@code A-Za-z0-9_-}
 * @param channel the channel asked for; empty: the port's
 * @param from where hearing begins
 * @param epoch the numbering that a number in {@code from} belongs to; empty: the present one
 * @param listen whether the client hears lines
 * @param ack what a {@code SENT} is to say
 * @param publisher the client's identity beyond the connection; empty: none
 * @param token the secret it brings; empty: none
 * @param overRate what becomes of lines that come too fast
 */
public record Hello(
    String nonce,
    Optional<String> channel,
    From from,
    Optional<String> epoch,
    boolean listen,
    AckLevel ack,
    Optional<String> publisher,
    Optional<String> token,
    OverRate overRate) {

  /** How a first line begins that is a hello, right or wrong. */
  public static final String PREFIX = Words.PREFIX;

  /** The longest hello in bytes, line feed included. */
  public static final int MAX_BYTES = 4096;

  private static final Pattern PUBLISHER = Pattern.compile("[A-Za-z0-9_.-]{1,64}");

  /** A hello that asks for nothing: the port's channel, from now on, level {@code stored}. */
  public static Hello withNonce(String nonce) {
    return new Hello(
        nonce,
        Optional.empty(),
        new From.New(),
        Optional.empty(),
        true,
        AckLevel.STORED,
        Optional.empty(),
        Optional.empty(),
        OverRate.WAIT);
  }

  /**
   * Reads a hello.
   *
   * @param line the first line, without its line feed
   * @throws HelloException if it is wrong; it says what to answer
   */
  public static Hello parse(String line) {
    String[] words = line.split(" ", -1);
    String nonce = words.length > 1 && Words.isNonce(words[1]) ? words[1] : HelloException.NO_NONCE;
    if (line.length() >= MAX_BYTES) {
      throw new HelloException(nonce, Code.TOO_LONG, "a hello has " + MAX_BYTES + " bytes at most");
    }
    if (!words[0].equals(Words.VERSION)) {
      throw new HelloException(nonce, Code.VERSION, "this server speaks " + Words.VERSION);
    }
    if (nonce.equals(HelloException.NO_NONCE)) {
      throw new HelloException(
          nonce, Code.BAD_HELLO, "a nonce of 8 to 64 of A-Za-z0-9_- follows " + Words.VERSION);
    }
    return new Parameters(nonce, Words.parameters(words, 2, nonce)).hello();
  }

  /** The line, without its line feed. */
  public String format() {
    StringBuilder line = new StringBuilder(Words.VERSION).append(' ').append(nonce);
    channel.ifPresent(name -> line.append(" channel=").append(name));
    if (!(from instanceof From.New)) {
      line.append(" from=").append(from);
    }
    epoch.ifPresent(name -> line.append(" epoch=").append(name));
    if (!listen) {
      line.append(" listen=no");
    }
    if (ack != AckLevel.STORED) {
      line.append(" ack=").append(ack.word());
    }
    publisher.ifPresent(name -> line.append(" publisher=").append(name));
    token.ifPresent(secret -> line.append(" token=").append(secret));
    if (overRate != OverRate.WAIT) {
      line.append(" over-rate=").append(overRate.word());
    }
    return line.toString();
  }

  /** Without the token: a secret has no place in a log. */
  @Override
  public String toString() {
    Hello shown =
        new Hello(
            nonce,
            channel,
            from,
            epoch,
            listen,
            ack,
            publisher,
            token.map(secret -> "..."),
            overRate);
    return shown.format();
  }

  /** The parameters of a hello, each taken once; what is left over is unknown. */
  private record Parameters(String nonce, Map<String, String> values) {

    Hello hello() {
      Hello hello =
          new Hello(
              nonce,
              take("channel", Optional::of),
              take("from", From::parse).orElse(new From.New()),
              take("epoch", Optional::of),
              take("listen", Parameters::yesOrNo).orElse(true),
              take("ack", AckLevel::of).orElse(AckLevel.STORED),
              take("publisher", Parameters::publisher),
              take("token", Optional::of),
              take("over-rate", OverRate::of).orElse(OverRate.WAIT));
      for (String unknown : values.keySet()) {
        throw wrong("there is no parameter '" + Words.shown(unknown) + "'");
      }
      return hello;
    }

    private <T> Optional<T> take(String name, Function<String, Optional<T>> reading) {
      String value = values.remove(name);
      if (value == null) {
        return Optional.empty();
      }
      Optional<T> read = reading.apply(value);
      if (read.isEmpty()) {
        throw wrong(name + " cannot be '" + Words.shown(value) + "'");
      }
      return read;
    }

    private static Optional<Boolean> yesOrNo(String value) {
      return switch (value) {
        case "yes" -> Optional.of(true);
        case "no" -> Optional.of(false);
        default -> Optional.empty();
      };
    }

    private static Optional<String> publisher(String value) {
      return PUBLISHER.matcher(value).matches() ? Optional.of(value) : Optional.empty();
    }

    private HelloException wrong(String text) {
      return new HelloException(nonce, Code.BAD_HELLO, text);
    }
  }
}
