package io.linecast.server;

/** Why a client is not read from. */
enum Pause {
  /** The channel holds all senders. */
  SENDERS_HELD,
  /** The client has not read its answers. */
  ANSWERS_UNREAD,
  /** Too many of its lines wait for their answer. */
  UNANSWERED,
  /** Whether a number that it repeats became a line is not known yet. */
  UNSETTLED,
  /** It has sent everything, of which the journal has not kept the last lines. */
  UNKEPT,
  /** Where it is to begin is being looked up. */
  PLACE_SOUGHT,
  /** It has sent as much as it may by now. */
  RATE
}
