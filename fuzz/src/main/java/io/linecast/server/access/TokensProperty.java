package io.linecast.server.access;

import io.linecast.fuzz.Property;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Whatever a tokens file has in it: it is understood, and then the same once it is written, with or
 * without one of its tokens; or refused with words that tell nothing of what stands there. And a
 * network that is understood is the same once it is written.
 */
public final class TokensProperty implements Property {

  private static final int TOLD_MAX_CHARS = 12;

  @Override
  public void check(byte[] input) {
    String text = new String(input, StandardCharsets.ISO_8859_1);
    checkTokens(text);
    for (String line : text.split("[\n ]", -1)) {
      checkNetwork(line);
    }
  }

  private static void checkTokens(String text) {
    try {
      TokensText tokens = TokensText.parse(text);
      requireSame(tokens.tokens(), TokensText.parse(tokens.toString()).tokens());
      for (Token token : tokens.tokens()) {
        TokensText without = tokens.without(token.name());
        List<Token> others = tokens.tokens().stream().filter(one -> !one.equals(token)).toList();
        requireSame(others, TokensText.parse(without.toString()).tokens());
        Property.require(token.allows().all().equals(token.rights()), () -> "other rights");
      }
    } catch (TokensFileException refused) {
      String message = String.valueOf(refused.getMessage());
      for (String word : text.split("[\\s,]+", -1)) {
        Property.require(
            word.length() <= TOLD_MAX_CHARS || !message.contains(word),
            () -> "it is told what stands there: " + message);
      }
    }
  }

  private static void requireSame(List<Token> tokens, List<Token> again) {
    Property.require(
        tokens.stream().map(Token::line).toList().equals(again.stream().map(Token::line).toList()),
        () -> again + ", not " + tokens);
  }

  private static void checkNetwork(String text) {
    try {
      Network network = Network.parse(text);
      Property.require(
          network.equals(Network.parse(network.toString())), () -> text + " is " + network);
      String address = network.toString().replaceFirst("/.*", "");
      Property.require(
          network.contains(InetAddress.ofLiteral(address)), () -> network + " has not " + address);
    } catch (IllegalArgumentException e) {
      Property.require(e.getMessage() != null, () -> "no word why");
    }
  }
}
