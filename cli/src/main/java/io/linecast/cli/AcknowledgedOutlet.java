package io.linecast.cli;

import io.linecast.client.ClientException;
import io.linecast.client.LinecastClient;
import io.linecast.client.SendException;
import io.linecast.client.SendHandler;
import io.linecast.protocol.AckLevel;
import java.time.Duration;
import java.util.Locale;

/** Sends lines that are acknowledged. */
final class AcknowledgedOutlet implements Outlet {

  private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(5);

  private final LinecastClient client;
  private final AckLevel level;
  private final boolean resumes;
  private final SendTally tally;

  // Written by the client's reading thread, read when all is settled.
  private volatile long firstSeq;
  private volatile long lastSeq;
  private volatile long clients;

  /**
   * Sends through a client.
   *
   * @param resumes whether the lines of the input have their numbers by their place in it
   */
  AcknowledgedOutlet(LinecastClient client, AckLevel level, boolean resumes, SendTally tally) {
    this.client = client;
    this.level = level;
    this.resumes = resumes;
    this.tally = tally;
  }

  @Override
  public int maxLineBytes() {
    return client.session().maxLineBytes() - 1;
  }

  @Override
  public long sentBefore() {
    return resumes ? client.session().last().orElse(0) : 0;
  }

  @Override
  public void send(SendTally.Place place, byte[] line) {
    client.send(line, new Fate(place));
    tally.handOver();
  }

  @Override
  public void flush() {
    // The client sends what it is given at once.
  }

  /**
   * {@inheritDoc}
   *
   * @throws ClientException if the client has ended
   */
  @Override
  public boolean settle(Duration patience) {
    boolean settled = client.awaitAll(patience);
    if (client.ended().isCompletedExceptionally()
        && client.ended().exceptionNow() instanceof ClientException failure) {
      throw failure;
    }
    return settled;
  }

  @Override
  public boolean isAcknowledged() {
    return true;
  }

  @Override
  public int outstanding() {
    return client.outstanding();
  }

  @Override
  public String summary() {
    if (lastSeq == 0) {
      return "acknowledged (" + level.word() + ")";
    }
    return String.format(
        Locale.ROOT,
        "acknowledged (%s) as %s, %s",
        level.word(),
        firstSeq == lastSeq ? "number " + lastSeq : firstSeq + " to " + lastSeq,
        Audience.of(clients));
  }

  @Override
  public void close() {
    // Whoever closes has waited for as long as it was worth.
    client.close(outstanding() == 0 ? CLOSE_PATIENCE : Duration.ZERO);
  }

  /** Is told what becomes of one line. */
  private final class Fate implements SendHandler {
    private final SendTally.Place place;

    Fate(SendTally.Place place) {
      this.place = place;
    }

    @Override
    public void onSent(long number, long seq, long others) {
      if (firstSeq == 0) {
        firstSeq = seq;
      }
      lastSeq = seq;
      clients = others;
      tally.acknowledge();
    }

    @Override
    public void onFailed(SendException failure) {
      tally.fail(place, "not acknowledged: " + failure.getMessage());
    }
  }
}
