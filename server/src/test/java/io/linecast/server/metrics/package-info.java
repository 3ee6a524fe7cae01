@NullMarked
package io.linecast.server.metrics;

import org.jspecify.annotations.NullMarked;
