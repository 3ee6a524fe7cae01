package io.linecast.server;

import java.util.Locale;

/** A limit that clients can reach: what becomes of them then, in words for the log. */
enum Limit {
  /** Connections in all. */
  MAX_CONNECTIONS("refused, because there are as many connections as there may be"),
  /** Connections from one address. */
  MAX_PER_ADDRESS("refused, because too many of its address are connected"),
  /** Connections accepted a second. */
  ACCEPT_RATE("accepting paused, because many come at once; they wait"),
  /** Connections accepted a second from one address. */
  ACCEPT_RATE_PER_ADDRESS("refused, because too many of its address came at once"),
  /** TLS handshakes at work. */
  MAX_HANDSHAKES("accepting paused, because many TLS handshakes are at work; others wait"),
  /** Time for a PROXY header and a TLS handshake. */
  HANDSHAKE_TIME("closed, because its handshake took too long"),
  /** Time for a hello. */
  HELLO_TIME("closed, because its hello took too long"),
  /** Time for a request that has begun, and for its answer to be read. */
  REQUEST_TIME("closed, because its request, or reading the answer, took too long"),
  /** Lines a second. */
  MAX_LINES_RATE("held back, because it sent too many lines"),
  /** Bytes a second. */
  MAX_BYTES_RATE("held back, because it sent too many bytes"),
  /** What is held for clients. */
  MAX_MEMORY("closed, because it held the most when too much was held for all");

  private final String flag = name().toLowerCase(Locale.ROOT).replace('_', '-');
  private final String effect;

  Limit(String effect) {
    this.effect = effect;
  }

  /** The option that sets it, without its dashes. */
  String flag() {
    return flag;
  }

  /** What becomes of who reaches it. */
  String effect() {
    return effect;
  }
}
