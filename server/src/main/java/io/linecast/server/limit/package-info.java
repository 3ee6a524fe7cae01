/** How much may be taken, and how fast. Pure: knows neither sockets nor who is limited. */
@NullMarked
package io.linecast.server.limit;

import org.jspecify.annotations.NullMarked;
