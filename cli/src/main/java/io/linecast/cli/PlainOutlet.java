package io.linecast.cli;

import io.linecast.client.Address;
import io.linecast.client.PlainClient;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Sends lines to any line server, which acknowledges none. */
final class PlainOutlet implements Outlet {

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

  /** Of no server is it known; a bound all the same, for an input without line feeds. */
  private static final int MAX_LINE_BYTES = 64 << 20;

  private final PlainClient client;
  private final SendTally tally;
  private final CountDownLatch serverEnded = new CountDownLatch(1);
  private boolean sendingEnded;

  private PlainOutlet(PlainClient client, SendTally tally) {
    this.client = client;
    this.tally = tally;
  }

  static PlainOutlet connect(Address.Server server, SendTally tally) throws IOException {
    PlainClient client = PlainClient.connect(server.host(), server.port(), CONNECT_TIMEOUT);
    PlainOutlet outlet = new PlainOutlet(client, tally);
    Thread.ofPlatform().daemon().name("unheard").start(outlet::readToTheEnd);
    return outlet;
  }

  /** Whoever sends is sent the lines of others too; one who does not read them is too slow. */
  private void readToTheEnd() {
    try {
      boolean more = true;
      while (more) {
        more = client.receive().isPresent();
      }
    } catch (IOException e) {
      // Sending will find out.
    } finally {
      serverEnded.countDown();
    }
  }

  @Override
  public int maxLineBytes() {
    return MAX_LINE_BYTES;
  }

  @Override
  public long sentBefore() {
    return 0;
  }

  @Override
  public void send(SendTally.Place place, byte[] line) {
    try {
      client.send(line);
      tally.handOver();
    } catch (IOException e) {
      throw new PlainLossException(e);
    }
  }

  @Override
  public void flush() {
    try {
      client.flush();
    } catch (IOException e) {
      throw new PlainLossException(e);
    }
  }

  @Override
  public boolean isAcknowledged() {
    return false;
  }

  @Override
  public boolean settle(Duration patience) {
    try {
      if (!sendingEnded) {
        sendingEnded = true;
        client.endSending();
      }
      return serverEnded.await(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (IOException e) {
      throw new PlainLossException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public int outstanding() {
    return 0;
  }

  @Override
  public String summary() {
    return "sent, not acknowledged: nobody says whether they have arrived (--plain)";
  }

  @Override
  public void close() {
    try {
      client.close();
    } catch (IOException e) {
      // Whatever matters was settled before.
    }
  }
}
