@NullMarked
package io.linecast.fuzz;

import org.jspecify.annotations.NullMarked;
