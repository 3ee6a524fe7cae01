package io.linecast.fuzz;

import java.util.Arrays;

/** Where Jazzer comes in, with one target: its word is the last argument. */
public final class JazzerEntry {

  /** From the start on. */
  private static Property property = input -> {};

  private JazzerEntry() {}

  /** Called once. */
  public static void fuzzerInitialize(String[] args) {
    String word = args.length == 0 ? "" : args[args.length - 1];
    property =
        Target.of(word)
            .map(Target::newProperty)
            .orElseThrow(() -> new IllegalArgumentException(Arrays.toString(args)));
  }

  /** Called with each input. */
  public static void fuzzerTestOneInput(byte[] input) throws Exception {
    property.check(input);
  }
}
