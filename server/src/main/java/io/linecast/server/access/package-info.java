/**
 * Who may do what: rights, the tokens that give them, networks, and files that are read again when
 * they change. Knows nothing of the server that asks.
 */
@NullMarked
package io.linecast.server.access;

import org.jspecify.annotations.NullMarked;
