/**
 * The load generator: one thread that opens thousands of connections to a line server, sends lines
 * by a schedule fixed in advance, and accounts for every byte that comes back.
 */
@NullMarked
package io.linecast.load;

import org.jspecify.annotations.NullMarked;
