/** A small Kafka, for tests and for trying out: one broker in a process, or several processes. */
@NullMarked
package io.linecast.broker;

import org.jspecify.annotations.NullMarked;
