/**
 * Who is at the other end of a connection, and what it may do: rights, the tokens that give them,
 * networks, and files that are read again when they change. Knows nothing of the server that asks.
 */
@NullMarked
package io.linecast.server.access;

import org.jspecify.annotations.NullMarked;
