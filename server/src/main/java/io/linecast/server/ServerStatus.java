package io.linecast.server;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import io.linecast.core.Journal;
import io.linecast.core.JournalState;
import io.linecast.server.LatencyWindow.Latency;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A server at a moment, in the shape that it is told in: docs/protocol.md describes each field.
 * What is not known is null.
 *
 * @param connections how many there are, by their wire's word
 * @param limited how often each limit was reached since the start, by its option without dashes
 */
record ServerStatus(
    @Nullable String version,
    long uptimeSeconds,
    boolean draining,
    boolean overloaded,
    Map<String, Integer> connections,
    Map<String, Long> limited,
    List<ChannelStatus> channels,
    List<SlowClient> slowest,
    List<ClosedConnection> closed) {

  private static final Gson GSON =
      new GsonBuilder().serializeNulls().disableHtmlEscaping().create();

  /** One channel. */
  record ChannelStatus(
      String name,
      String epoch,
      long next,
      long oldest,
      @Nullable Long linesPerSecond,
      @Nullable Long deliveriesPerSecond,
      long windowBytes,
      long keptBytes,
      int clients,
      long lagBytesMax,
      @Nullable Latency deliveryLatencyMillis,
      JournalStatus journal) {}

  /** What keeps a channel's lines. */
  record JournalStatus(
      String kind,
      boolean working,
      @Nullable String trouble,
      long waitingBytes,
      long lagLines,
      long failures,
      @Nullable Long oldest) {

    static JournalStatus of(Journal journal) {
      JournalState state = journal.state();
      long oldest = journal.history().oldest();
      return new JournalStatus(
          journal.kind(),
          state.isWorking(),
          state.trouble().orElse(null),
          state.waitingBytes(),
          state.lagLines(),
          state.failures(),
          oldest == Long.MAX_VALUE ? null : oldest);
    }
  }

  /** A client that is behind. */
  record SlowClient(
      @Nullable String address,
      String wire,
      String channel,
      long lagLines,
      long lagBytes,
      double lagMillis,
      @Nullable Long sendQueueBytes) {}

  /** A connection that was closed. */
  record ClosedConnection(@Nullable String address, String wire, String reason, String at) {}

  /** On one line. */
  byte[] json() {
    return GSON.toJson(this).getBytes(StandardCharsets.UTF_8);
  }
}
