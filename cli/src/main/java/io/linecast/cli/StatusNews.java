package io.linecast.cli;

import java.time.Instant;
import java.util.Optional;

/**
 * What is known of a server: its last status, and what is the matter if no more come.
 *
 * @param status the last one
 * @param at when it came
 * @param trouble why there is no connection; empty if there is one
 */
record StatusNews(ServerStatus status, Instant at, Optional<String> trouble) {

  StatusNews lost(String why) {
    return new StatusNews(status, at, Optional.of(why));
  }
}
