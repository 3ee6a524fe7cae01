package io.linecast.server;

import io.linecast.server.metrics.ServerMetrics;
import io.linecast.server.web.Exchange;
import io.linecast.server.web.Problem;
import io.linecast.server.web.Route;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells Prometheus all there is. Counts are taken on the loops and written down on a thread of
 * their own: no loop waits, and none writes a page of text.
 *
 * @param writer where the text is written
 * @param text writes it
 */
record MetricsPage(CensusTaker census, Executor writer, Supplier<String> text) implements Route {

  private static final Logger LOG = LoggerFactory.getLogger(MetricsPage.class);

  @Override
  public void serve(Exchange exchange) {
    census.take(() -> onThread(writer, () -> write(exchange)));
  }

  private void write(Exchange exchange) {
    try {
      byte[] content = text.get().getBytes(StandardCharsets.UTF_8);
      answer(exchange, () -> exchange.answer(ServerMetrics.CONTENT_TYPE, content));
    } catch (RuntimeException e) {
      LOG.error("the figures could not be written", e);
      answer(
          exchange,
          () ->
              exchange.fail(
                  Problem.of(
                      HttpResponseStatus.INTERNAL_SERVER_ERROR, "the server's log says more")));
    }
  }

  private static void answer(Exchange exchange, Runnable answer) {
    onThread(
        exchange.socket().eventLoop(),
        () -> {
          if (exchange.socket().isActive()) {
            answer.run();
          }
        });
  }

  /** A server that stops answers nobody any more. */
  private static void onThread(Executor thread, Runnable task) {
    try {
      thread.execute(task);
    } catch (RejectedExecutionException stopped) {
      LOG.debug("nobody was told the figures: the server has stopped");
    }
  }
}
