/**
 * HTTP as this server speaks it: requests and their bounds, routes, protection from other sites,
 * how lines are written as events and as WebSocket messages. Knows nothing of the connections that
 * hear lines; they are the server's.
 */
@NullMarked
package io.linecast.server.web;

import org.jspecify.annotations.NullMarked;
