package io.linecast.server.access;

import java.security.SecureRandom;
import java.util.Base64;

/** Makes what nobody can guess. Safe from any thread. */
final class Secret {

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int BYTES = 32;

  private Secret() {}

  /** A new one: 256 random bits in letters that need no quoting anywhere. */
  static String random(String prefix) {
    byte[] bytes = new byte[BYTES];
    RANDOM.nextBytes(bytes);
    return prefix + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
