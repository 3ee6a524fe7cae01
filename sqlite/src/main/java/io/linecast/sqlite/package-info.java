/** Lines that last on one machine: the journal in a SQLite file. */
@NullMarked
package io.linecast.sqlite;

import org.jspecify.annotations.NullMarked;
