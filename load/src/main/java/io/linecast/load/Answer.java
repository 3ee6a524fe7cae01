package io.linecast.load;

import org.jspecify.annotations.Nullable;

/**
 * What a worker's process answers.
 *
 * @param failure why it could not do it; null if it did
 * @param sentLines of RUN
 * @param tally of TALLY
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Answer(@Nullable String failure, long @Nullable [] sentLines, @Nullable Tally tally) {
  static final Answer DONE = new Answer(null, null, null);
}
