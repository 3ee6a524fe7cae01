package io.linecast.server;

import io.linecast.core.ChannelView;
import io.linecast.server.LoopSurvey.ChannelSurvey;
import io.linecast.server.ServerStatus.SlowClient;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * What all loops' clients are like at about the same moment. Immutable.
 *
 * @param nanos when
 */
record Survey(long nanos, List<LoopSurvey> loops) {

  /** Has each loop look at its clients when it comes to that; nobody waits. */
  static CompletableFuture<Survey> of(List<ServerLoop> loops, List<ChannelView> channels) {
    List<CompletableFuture<LoopSurvey>> parts =
        loops.stream()
            .map(
                loop ->
                    CompletableFuture.supplyAsync(
                        () -> LoopSurvey.of(loop, channels), loop::execute))
            .toList();
    return CompletableFuture.allOf(parts.toArray(CompletableFuture[]::new))
        .thenApply(
            done ->
                new Survey(
                    System.nanoTime(), parts.stream().map(CompletableFuture::join).toList()));
  }

  /** The n-th channel. */
  ChannelSurvey channel(int index) {
    return loops.stream()
        .map(loop -> loop.channels().get(index))
        .reduce(ChannelSurvey.NONE, ChannelSurvey::plus);
  }

  /** Those furthest behind, the latest first. */
  List<SlowClient> slowest() {
    return loops.stream()
        .flatMap(loop -> loop.slowest().stream())
        .sorted(
            Comparator.comparingLong(SlowClient::lagBytes)
                .thenComparingLong(SlowClient::lagLines)
                .reversed())
        .limit(Slowest.MOST)
        .toList();
  }
}
