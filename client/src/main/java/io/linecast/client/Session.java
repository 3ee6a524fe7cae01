package io.linecast.client;

import java.util.OptionalLong;

/**
 * What a server has said when the connection to it began.
 *
 * @param server its address, {@code host:port}
 * @param channel whose lines come
 * @param epoch the numbering of this server
 * @param next the number that the channel's next line had then
 * @param oldest the lowest number that could be had then
 * @param journal how lasting {@code stored} is
 * @param maxLineBytes the longest line, its line feed included
 * @param last the highest number that this client's publisher had used; a program that numbers its
 *     lines from 1 goes on behind it. Empty if the client does not publish
 */
public record Session(
    String server,
    String channel,
    String epoch,
    long next,
    long oldest,
    String journal,
    int maxLineBytes,
    OptionalLong last) {}
