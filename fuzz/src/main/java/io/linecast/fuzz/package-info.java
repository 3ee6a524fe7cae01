/**
 * What must hold whatever comes in: one class for each kind of input, beside the classes that read
 * it, and what runs these. Never shipped.
 */
@NullMarked
package io.linecast.fuzz;

import org.jspecify.annotations.NullMarked;
