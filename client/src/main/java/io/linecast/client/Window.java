package io.linecast.client;

/**
 * How many lines may be unanswered, and how many of these be under way to the server. Looked at by
 * any thread, narrowed by the reading thread.
 */
final class Window {

  private final long lines;
  private final long bytes;

  /** As many as a server remembers, and fewer where one has shown that it takes fewer. */
  private volatile int underWayMost = ClientBuilder.MAX_WINDOW_LINES;

  Window(int lines, int bytes) {
    this.lines = lines;
    this.bytes = bytes;
  }

  /** Whether less is held than so many windows; for any line if there is none. */
  boolean hasRoom(int windows, long heldLines, long heldBytes) {
    return heldLines == 0 || (heldLines < windows * lines && heldBytes < windows * bytes);
  }

  int underWayMost() {
    return underWayMost;
  }

  /** For good: what a server takes is a setting of its own, which nothing but this tells. */
  void narrow() {
    underWayMost = Math.max(1, underWayMost / 2);
  }
}
