package io.linecast.core;

/**
 * How far a client is behind.
 *
 * @param lines lines that it has still to get
 * @param bytes of the feed, up to the head
 * @param nanos since the first of these lines was accepted
 */
public record Lag(long lines, long bytes, long nanos) {}
