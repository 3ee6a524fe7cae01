package io.linecast.fuzz;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/** Makes an input smaller that fails, as long as it fails in the same way. For one thread. */
final class Shrinking {

  private static final long TIME_NANOS = TimeUnit.SECONDS.toNanos(30);

  private final Target target;
  private final long endNanos = System.nanoTime() + TIME_NANOS;

  Shrinking(Target target) {
    this.target = target;
  }

  /** The smallest that was found; the input itself if it does not fail here. */
  byte[] of(byte[] input) {
    String failure = failureOf(input);
    byte[] smallest = input;
    if (failure.isEmpty()) {
      return smallest;
    }
    for (int part = Math.max(1, input.length / 2); part > 0; part /= 2) {
      int at = 0;
      while (at + part <= smallest.length && System.nanoTime() - endNanos < 0) {
        byte[] smaller = without(smallest, at, part);
        if (failureOf(smaller).equals(failure)) {
          smallest = smaller;
        } else {
          at += part;
        }
      }
    }
    return smallest;
  }

  private static byte[] without(byte[] input, int at, int count) {
    byte[] rest = Arrays.copyOf(input, input.length - count);
    System.arraycopy(input, at + count, rest, at, rest.length - at);
    return rest;
  }

  /** What fails, and where; empty if nothing does. */
  private String failureOf(byte[] input) {
    try {
      target.newProperty().check(input);
      return "";
    } catch (Exception | Error e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      return Arrays.stream(cause.getStackTrace())
          .filter(frame -> frame.getClassName().startsWith("io.linecast."))
          .filter(frame -> !frame.getClassName().startsWith("io.linecast.fuzz."))
          .findFirst()
          .map(frame -> cause.getClass() + " " + frame.getClassName() + "." + frame.getMethodName())
          .orElse(cause.getClass().toString());
    }
  }
}
