/** What runs the benchmarks of the parts and says what they showed. Never shipped. */
@NullMarked
package io.linecast.bench;

import org.jspecify.annotations.NullMarked;
