/** Tests of the journal in a SQLite file, with real files. */
@NullMarked
package io.linecast.sqlite;

import org.jspecify.annotations.NullMarked;
