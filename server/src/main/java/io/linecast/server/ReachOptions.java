package io.linecast.server;

/** By which ways clients reach the server beside its ports. Immutable. */
public record ReachOptions() {

  /** What is right for most. */
  public static ReachOptions defaults() {
    return new ReachOptions();
  }
}
