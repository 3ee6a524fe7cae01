/** Tests of the journal in a Kafka topic, with a real broker. */
@NullMarked
package io.linecast.kafka;

import org.jspecify.annotations.NullMarked;
