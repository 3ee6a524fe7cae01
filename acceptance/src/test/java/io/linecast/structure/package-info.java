/** The architecture as tests: directions, cycles, sizes. */
@NullMarked
package io.linecast.structure;

import org.jspecify.annotations.NullMarked;
