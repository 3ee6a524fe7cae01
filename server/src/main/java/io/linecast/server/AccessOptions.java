package io.linecast.server;

/** Who may do what. Immutable. */
public record AccessOptions() {

  /** What is right for most. */
  public static AccessOptions defaults() {
    return new AccessOptions();
  }
}
