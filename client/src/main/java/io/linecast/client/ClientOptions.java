package io.linecast.client;

import io.linecast.protocol.AckLevel;
import io.linecast.protocol.From;
import java.time.Duration;
import java.util.Optional;

/** Everything a builder was told. Immutable. */
record ClientOptions(
    Address address,
    Optional<Tls> tls,
    AckLevel ack,
    Optional<String> publisher,
    Optional<From> from,
    Optional<String> epoch,
    Optional<LineHandler> handler,
    boolean doneByHand,
    boolean atLeastOnce,
    int windowLines,
    int windowBytes,
    int queueBytes,
    Duration connectTimeout,
    Duration startPatience,
    Duration silenceLimit,
    Duration closePatience,
    Duration backOffMin,
    Duration backOffMax,
    int maxAttempts,
    ConnectionListener listener) {

  boolean listens() {
    return from.isPresent();
  }
}
