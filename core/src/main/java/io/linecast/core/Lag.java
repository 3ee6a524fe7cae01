package io.linecast.core;

/**
 * How far a client is behind.
 *
 * @param lines that it has still to get
 * @param bytes of the feed between it and the head, or its end
 * @param nanos since the first of those lines was accepted, to 10 ms; up to about a minute and a
 *     half, and then it is longer than that
 */
public record Lag(long lines, long bytes, long nanos) {}
