/** Who may do what, as clients of every kind see it. */
@NullMarked
package io.linecast.acceptance.access;

import org.jspecify.annotations.NullMarked;
