/**
 * What a server exports for Prometheus: the names, and where their values come from. Knows channels
 * and what they count, and nothing of connections.
 */
@NullMarked
package io.linecast.server.metrics;

import org.jspecify.annotations.NullMarked;
