package io.linecast.load;

/** How a line server is spoken to: it knows two ways, on one port. */
enum Wire {
  /** Lines and nothing else. */
  PLAIN,
  /** LINECAST/1: lines have numbers, and whoever sends one is told what became of it. */
  ACK
}
