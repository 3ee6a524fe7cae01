package io.linecast.acceptance;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What carries the bytes inside the program; what is heard must not depend on it. */
public enum Transport {
  /** The program's own choice. */
  AUTO,
  EPOLL,
  NIO;

  private static final String PROPERTY = "linecast.transport";

  /** Those that the tests of what is heard run on. */
  public static Stream<Transport> underTest() {
    if (Target.given().isPresent()) {
      return Stream.of(AUTO);
    }
    return chosen().map(Stream::of).orElseGet(() -> Stream.of(EPOLL, NIO));
  }

  /** The one that all other tests run on. */
  public static Transport usual() {
    return chosen().orElse(AUTO);
  }

  /** As the command line has it. */
  public String option() {
    return name().toLowerCase(Locale.ROOT);
  }

  private static Optional<Transport> chosen() {
    return Optional.ofNullable(System.getProperty(PROPERTY))
        .map(text -> valueOf(text.toUpperCase(Locale.ROOT)));
  }
}
