package io.linecast.server;

import io.linecast.core.Account;
import io.linecast.core.CloseReason;
import io.linecast.core.Counter;
import io.linecast.core.Counters;
import io.linecast.core.LineChannel;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a server has done, once it has stopped.
 *
 * @param channels each channel's share
 * @param closed how many connections ended for which reason, in words
 */
public record FinalFigures(List<ChannelFigures> channels, String closed) {

  /**
   * What a channel has done.
   *
   * @param name the channel's
   * @param acceptedLines lines that were given a number
   * @param acceptedBytes their bytes
   * @param tooLongLines lines discarded as over-long
   * @param account deliveries of all who were ever here; what is pending was lost with who left
   */
  public record ChannelFigures(
      String name, long acceptedLines, long acceptedBytes, long tooLongLines, Account account) {

    private static ChannelFigures of(LineChannel channel) {
      Counters counters = channel.counters();
      return new ChannelFigures(
          channel.name(),
          counters.get(Counter.ACCEPTED_LINES),
          counters.get(Counter.ACCEPTED_BYTES),
          counters.get(Counter.TOO_LONG_LINES),
          new Account(
              counters.get(Counter.ELIGIBLE),
              counters.get(Counter.DELIVERED_TO_DEPARTED),
              counters.get(Counter.SKIPPED_BY_DEPARTED),
              counters.get(Counter.LOST_WITH_DEPARTED)));
    }

    @Override
    public String toString() {
      return "channel %s: accepted %d lines (%d bytes), discarded %d over-long; deliveries: %s"
          .formatted(name, acceptedLines, acceptedBytes, tooLongLines, account);
    }
  }

  static FinalFigures of(Collection<LineChannel> channels, Connections connections) {
    String closed =
        Arrays.stream(CloseReason.values())
            .filter(reason -> connections.closed(reason) > 0)
            .map(reason -> connections.closed(reason) + " " + reason.text())
            .collect(Collectors.joining("; "));
    return new FinalFigures(
        channels.stream().map(ChannelFigures::of).toList(), closed.isEmpty() ? "none" : closed);
  }

  /** For people: a line for each channel, and one for the connections. */
  @Override
  public String toString() {
    return channels.stream().map(ChannelFigures::toString).collect(Collectors.joining("\n"))
        + "\nconnections closed: "
        + closed;
  }
}
