package io.linecast.client;

/**
 * The acknowledgement of a line: what {@code ack} asked for has happened.
 *
 * @param number the client's own number for the line; they rise by one in the order of the sends
 * @param seq the line's number in the channel
 * @param clients how many others it went to
 * @param epoch the numbering that {@code seq} belongs to
 */
public record Sent(long number, long seq, long clients, String epoch) {}
