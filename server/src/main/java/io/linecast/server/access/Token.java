package io.linecast.server.access;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * An entry of a tokens file: who it stands for, what the secret is known by, and what it allows.
 * The secret itself is nowhere kept. Immutable.
 *
 * @param name 1 to 64 of {@code A-Za-z0-9_.-}
 * @param hash what is kept of the secret
 * @param rights at least one
 * @param channels where it may listen and publish; empty: everywhere
 */
public record Token(String name, SecretHash hash, Set<Right> rights, Set<String> channels) {

  /** How every secret begins, so that people and programs that look for leaked ones know it. */
  static final String PREFIX = "lc_";

  /** All channels, as it is written. */
  static final String EVERYWHERE = "*";

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,64}");

  /** Refuses what cannot be; an {@link IllegalArgumentException} says what and why. */
  public Token {
    requireName(name);
    rights = Set.copyOf(rights);
    channels = Set.copyOf(channels);
    channels.forEach(Token::requireChannel);
    if (rights.isEmpty()) {
      throw new IllegalArgumentException("a token without a right is none");
    }
  }

  /** A secret that nobody has yet. */
  static String newSecret() {
    return Secret.random(PREFIX);
  }

  static void requireName(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("a token's name is 1 to 64 of A-Z a-z 0-9 _ . -");
    }
  }

  private static void requireChannel(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "channels are * for all, or names of 1 to 64 of A-Z a-z 0-9 _ . -, commas between them");
    }
  }

  /**
   * Reads rights as they are written, such as {@code listen,publish}.
   *
   * @throws IllegalArgumentException if they are none
   */
  public static Set<Right> rights(String text) {
    Set<Right> rights = EnumSet.noneOf(Right.class);
    for (String word : text.toLowerCase(Locale.ROOT).split(",", -1)) {
      rights.add(
          Right.of(word.strip())
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "rights are listen, publish and admin, commas between them")));
    }
    return rights;
  }

  /**
   * Reads channels as they are written: {@code *} for all, or names with commas between them.
   *
   * @return empty for all
   * @throws IllegalArgumentException if they are none
   */
  public static Set<String> channels(String text) {
    Set<String> names = new TreeSet<>();
    for (String word : text.split(",", -1)) {
      String name = word.strip();
      if (!name.equals(EVERYWHERE)) {
        requireChannel(name);
        names.add(name);
      } else if (text.contains(",")) {
        throw new IllegalArgumentException("channels are either * or names");
      }
    }
    return names;
  }

  /** What it allows. To administer concerns the whole server, whatever the channels. */
  public Rights allows() {
    return channels.isEmpty() ? Rights.everywhere(rights) : Rights.in(channels, rights);
  }

  /** Its rights as they are written. */
  public String rightsText() {
    return EnumSet.copyOf(rights).stream().map(Right::word).collect(Collectors.joining(","));
  }

  /** Its channels as they are written. */
  public String channelsText() {
    return channels.isEmpty() ? EVERYWHERE : String.join(",", new TreeSet<>(channels));
  }

  /** The line of the file. */
  String line() {
    return name + " " + hash.hex() + " " + rightsText() + " " + channelsText();
  }
}
