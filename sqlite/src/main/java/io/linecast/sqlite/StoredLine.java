package io.linecast.sqlite;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A line as a journal's file has it.
 *
 * @param seq its number in its channel, from 1
 * @param time when it was taken, to the millisecond
 * @param publisher who gave it a number; empty if nobody by name
 * @param number the publisher's own; empty if it gave none
 * @param origin where it came from; empty if that is not known
 * @param bytes of the line, without its line feed
 */
@SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
public record StoredLine(
    long seq,
    Instant time,
    Optional<String> publisher,
    OptionalLong number,
    Optional<String> origin,
    byte[] bytes) {}
