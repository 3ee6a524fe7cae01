package io.linecast.server;

/** What is held for clients, and may be. Safe from any thread. */
final class MemoryLevel {

  private final long mostBytes;

  /** When it was last looked at. Volatile: others tell it. */
  private volatile long heldBytes;

  MemoryLevel(long mostBytes) {
    this.mostBytes = mostBytes;
  }

  void set(long bytes) {
    heldBytes = bytes;
  }

  long heldBytes() {
    return heldBytes;
  }

  long mostBytes() {
    return mostBytes;
  }
}
