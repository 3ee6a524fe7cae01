package io.linecast.sqlite;

/**
 * A channel, as the file has it.
 *
 * @param epoch the name of its numbering
 * @param first the oldest line that is kept; {@code last + 1} if none is
 * @param last the newest line that there ever was; 0 if there was none
 * @param timeMillis the newest line's
 * @param bytes of all lines that are kept, with their line feeds
 */
record ChannelRow(String epoch, long first, long last, long timeMillis, long bytes) {

  /** With so many more lines. */
  ChannelRow plus(int lines, int moreBytes, long millis) {
    return new ChannelRow(
        epoch, first, last + lines, Math.max(timeMillis, millis), bytes + moreBytes);
  }

  /** Without those before a line. */
  ChannelRow from(long newFirst, long fewerBytes) {
    return new ChannelRow(epoch, newFirst, last, timeMillis, bytes - fewerBytes);
  }

  long lines() {
    return last - first + 1;
  }
}
