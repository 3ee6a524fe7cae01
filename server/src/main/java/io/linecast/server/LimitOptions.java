package io.linecast.server;

/** How much clients may take, each and together. Immutable. */
public record LimitOptions() {

  /** What is right for most. */
  public static LimitOptions defaults() {
    return new LimitOptions();
  }
}
