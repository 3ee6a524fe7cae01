package io.linecast.server;

import io.linecast.server.metrics.ServerMetrics;
import io.linecast.server.web.Exchange;
import io.linecast.server.web.Route;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells Prometheus all there is. Counts are taken on the loops and written down on a thread of
 * their own: no loop waits, and none writes a page of text.
 *
 * @param writer where the text is written
 * @param beforeText what is to be done there first
 */
record MetricsPage(
    ServerMetrics metrics, CensusTaker census, ExecutorService writer, Runnable beforeText)
    implements Route {

  private static final Logger LOG = LoggerFactory.getLogger(MetricsPage.class);

  @Override
  public void serve(Exchange exchange) {
    census.take(() -> inTurn(writer::execute, () -> write(exchange)));
  }

  private void write(Exchange exchange) {
    beforeText.run();
    byte[] text = metrics.text().getBytes(StandardCharsets.UTF_8);
    inTurn(
        exchange.socket().eventLoop()::execute,
        () -> exchange.answer(ServerMetrics.CONTENT_TYPE, text));
  }

  /** A server that stops answers nobody any more. */
  private static void inTurn(Executor thread, Runnable task) {
    try {
      thread.execute(task);
    } catch (RejectedExecutionException stopped) {
      LOG.debug("nobody was told the figures: the server has stopped");
    }
  }
}
