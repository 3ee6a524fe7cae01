package io.linecast.load;

/** How a line server is spoken to, or at least listened to. */
enum Wire {
  /** Lines and nothing else. */
  PLAIN,
  /** LINECAST/1: lines have numbers, and whoever sends one is told what became of it. */
  ACK,
  /** Listeners are WebSockets: each message is a line. */
  WS,
  /** Listeners follow server-sent events: each is a line with its number. */
  SSE
}
