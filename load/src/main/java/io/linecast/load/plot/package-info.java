/** Draws latencies and figures to compare, as SVG or PNG. Knows nothing of how they came about. */
@NullMarked
package io.linecast.load.plot;

import org.jspecify.annotations.NullMarked;
