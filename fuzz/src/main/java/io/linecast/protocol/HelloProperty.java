package io.linecast.protocol;

import io.linecast.fuzz.Property;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Whatever line is read as a hello or as the answer to one is either one, which reads the same once
 * it is written, or refused with words that are one short line; and no token is shown.
 */
public final class HelloProperty implements Property {

  private static final String NONCE = "k3J9xQ2m";
  private static final int REFUSAL_MAX_CHARS = 300;

  @Override
  public void check(byte[] input) {
    for (String line : new String(input, StandardCharsets.ISO_8859_1).split("\n", -1)) {
      checkHello(line);
      checkAnswer(line);
      checkNumber(line);
    }
  }

  private static void checkHello(String line) {
    try {
      Hello hello = Hello.parse(line);
      String written = hello.format();
      Property.require(hello.equals(Hello.parse(written)), () -> hello + " is another: " + written);
      hello
          .token()
          .filter(token -> !withoutToken(hello).contains(token))
          .ifPresent(
              token ->
                  Property.require(
                      !hello.toString().contains(token), () -> "a token is shown: " + written));
    } catch (HelloException refused) {
      String answer = refused.answer();
      boolean plain = answer.chars().allMatch(c -> c >= ' ' && c <= '~');
      Property.require(
          plain && answer.length() <= REFUSAL_MAX_CHARS, () -> "no one short line: " + answer);
    }
  }

  /** What would be shown anyway. */
  private static String withoutToken(Hello hello) {
    return new Hello(
                hello.nonce(),
                hello.channel(),
                hello.from(),
                hello.epoch(),
                hello.listen(),
                hello.ack(),
                hello.publisher(),
                Optional.empty(),
                hello.overRate())
            .format()
        + " token=...";
  }

  private static void checkAnswer(String line) {
    try {
      HelloAnswer.parse(line, NONCE)
          .ifPresent(
              answer ->
                  Property.require(
                      answer.channel().isEmpty()
                          || answer.journal().isEmpty()
                          || answer.epoch().isEmpty()
                          || HelloAnswer.parse(answer.format(), NONCE).orElseThrow().equals(answer),
                      () -> answer + " is another once it is written"));
    } catch (HelloException refused) {
      Property.require(refused.nonce().equals(NONCE), () -> "another's: " + refused.nonce());
    }
  }

  /** Both ways to read a number agree. */
  private static void checkNumber(String line) {
    ByteBuffer bytes = ByteBuffer.wrap(line.getBytes(StandardCharsets.ISO_8859_1));
    bytes.order(ByteOrder.LITTLE_ENDIAN); // as all that is read has it
    int end = Decimal.endOf(bytes, 0, bytes.limit());
    long number = Decimal.parse(bytes, 0, end);
    bytes.order(ByteOrder.BIG_ENDIAN);
    Property.require(
        end == Decimal.endOf(bytes, 0, bytes.limit()) && number == Decimal.parse(bytes, 0, end),
        () -> line + " depends on the byte order");
    long same = Decimal.parse(line.substring(0, end));
    Property.require(number == same, () -> line + " is " + number + " and " + same);
    if (number >= 0) {
      byte[] written = new byte[Decimal.MAX_DIGITS];
      int length = Decimal.write(written, 0, number);
      Property.require(
          new String(written, 0, length, StandardCharsets.US_ASCII).equals(Long.toString(number)),
          () -> number + " is written otherwise");
    }
  }
}
