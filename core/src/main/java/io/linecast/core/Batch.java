package io.linecast.core;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Whole lines on their way into a channel.
 *
 * @param origin the subscriber whose lines these are and who will not hear them; null if nobody
 *     listening sent them
 * @param run the lines, each with its line feed, from position to limit
 * @param lineCount how many lines these are, at least 1
 */
public record Batch(@Nullable Subscriber origin, ByteBuffer run, int lineCount) {}
