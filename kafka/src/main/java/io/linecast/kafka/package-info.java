/** The journal in a Kafka topic: several servers share one log, and give the same numbers. */
@NullMarked
package io.linecast.kafka;

import org.jspecify.annotations.NullMarked;
