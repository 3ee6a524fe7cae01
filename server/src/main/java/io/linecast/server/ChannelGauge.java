package io.linecast.server;

import io.linecast.core.ChannelView;
import io.linecast.core.Counter;
import io.linecast.core.LineChannel;
import io.linecast.server.LoopSurvey.ChannelSurvey;
import io.linecast.server.ServerStatus.ChannelStatus;
import io.linecast.server.ServerStatus.JournalStatus;

/** What is remembered of a channel from one second to the next. The status board's thread's own. */
final class ChannelGauge {

  private final ChannelView view;
  private final LatencyWindow latency;
  private final RateMeter lines;
  private final RateMeter deliveries;

  /** Begins with a channel in which nothing has happened. */
  ChannelGauge(LineChannel channel, LatencyWindow latency, long nowNanos) {
    this.view = new ChannelView(channel);
    this.latency = latency;
    this.lines = new RateMeter(nowNanos);
    this.deliveries = new RateMeter(nowNanos);
  }

  ChannelView view() {
    return view;
  }

  /** A second is over. */
  void turn() {
    latency.turn();
  }

  /**
   * The channel was looked at, once in this second.
   *
   * @param nanos when the survey was made; accepted lines are counted now
   */
  void look(long nanos, ChannelSurvey survey) {
    lines.look(System.nanoTime(), view.channel().counters().get(Counter.ACCEPTED_LINES));
    deliveries.look(nanos, survey.delivered());
  }

  ChannelStatus status(ChannelSurvey survey) {
    LineChannel channel = view.channel();
    return new ChannelStatus(
        channel.name(),
        channel.journal().epoch(),
        view.nextLine(),
        view.oldestLine(),
        lines.perSecond(),
        deliveries.perSecond(),
        channel.feed().windowBytes(),
        view.keptBytes(),
        survey.clients(),
        survey.lagBytesMax(),
        latency.latency().orElse(null),
        JournalStatus.of(channel.journal()));
  }
}
