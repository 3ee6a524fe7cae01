/**
 * Black-box tests of the web port: every sentence of its section in {@code docs/protocol.md}, with
 * curl, Java's own HTTP and WebSocket clients, and a bare socket where bytes matter.
 */
@NullMarked
package io.linecast.acceptance.web;

import org.jspecify.annotations.NullMarked;
