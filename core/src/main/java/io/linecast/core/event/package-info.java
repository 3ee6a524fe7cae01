/**
 * What the engine tells Java's flight recorder: revolutions of a sweep, clients lapped, senders
 * held.
 *
 * <p>Costs a look at a flag while nobody records. The recorder's classes are loaded by the first
 * line that is broadcast, not when a channel is made.
 */
@NullMarked
package io.linecast.core.event;

import org.jspecify.annotations.NullMarked;
