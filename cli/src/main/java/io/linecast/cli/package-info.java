/** The {@code linecast} command. */
@NullMarked
package io.linecast.cli;

import org.jspecify.annotations.NullMarked;
