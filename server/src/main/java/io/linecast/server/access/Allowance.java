package io.linecast.server.access;

import java.util.Locale;

/**
 * What clients of a network may do without a token. Immutable.
 *
 * @param network where they are
 * @param rights what they may do
 */
public record Allowance(Network network, PlainRights rights) {

  /**
   * Reads one as it is written: {@code 192.0.2.0/24} or {@code 192.0.2.0/24=listen}.
   *
   * @throws IllegalArgumentException if it is none; it says why
   */
  public static Allowance parse(String text) {
    int sign = text.indexOf('=');
    Network network = Network.parse(sign < 0 ? text : text.substring(0, sign));
    String word = sign < 0 ? PlainRights.BOTH.word() : text.substring(sign + 1).strip();
    PlainRights rights =
        PlainRights.of(word.toLowerCase(Locale.ROOT))
            .filter(some -> some != PlainRights.NONE)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "'" + text + "': behind = comes listen, publish or both"));
    return new Allowance(network, rights);
  }

  @Override
  public String toString() {
    return network + "=" + rights.word();
  }
}
