/** Who is at the other end of a connection, and what it may do. Knows nothing of channels. */
@NullMarked
package io.linecast.server.access;

import org.jspecify.annotations.NullMarked;
