package io.linecast.cli;

import io.linecast.client.ClientException;
import io.linecast.client.LinecastClient;
import io.linecast.client.SendException;
import io.linecast.client.SendHandler;
import io.linecast.protocol.AckLevel;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;

/** Sends lines that are acknowledged. */
final class AcknowledgedOutlet implements Outlet {

  private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(5);

  private final LinecastClient client;
  private final AckLevel level;
  private final boolean resumes;
  private final SendTally tally;
  private final Consumer<String> told;

  // Written by the client's reading thread, read when all is settled.
  private volatile long firstSeq;
  private volatile long lastSeq;
  private volatile long clients;
  private volatile String epoch = "";
  private volatile boolean numberedAnew;

  /** Whether it has been closed, or has given up; from then on what fails needs no more words. */
  private volatile boolean over;

  private volatile Runnable onEnd = () -> {};

  /**
   * Sends through a client.
   *
   * @param resumes whether the lines of the input have their numbers by their place in it
   * @param told who is told why it has given up
   */
  AcknowledgedOutlet(
      LinecastClient client,
      AckLevel level,
      boolean resumes,
      SendTally tally,
      Consumer<String> told) {
    this.client = client;
    this.level = level;
    this.resumes = resumes;
    this.tally = tally;
    this.told = told;
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
  public void onEnd(Runnable action) {
    onEnd = action;
    client.ended().whenComplete((nothing, failure) -> action.run());
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
        Locale.ROOT, "acknowledged (%s) as %s, %s", level.word(), numbers(), Audience.of(clients));
  }

  private String numbers() {
    if (numberedAnew) {
      return "numbers of more than one epoch, the last " + lastSeq;
    }
    return firstSeq == lastSeq ? "number " + lastSeq : firstSeq + " to " + lastSeq;
  }

  @Override
  public void close() {
    // Whoever closes has waited for as long as it was worth.
    over = true;
    client.close(outstanding() == 0 ? CLOSE_PATIENCE : Duration.ZERO);
  }

  /**
   * A line's fate is unknown. Were a line behind it sent, the publisher's number would be beyond
   * it, and the next run would take it for one that was sent: so none is. The reading thread calls
   * this before it lets anything be written to the next server, and must not go on before the
   * connection is closed; a thread that is interrupted closes it without waiting for the reading
   * thread's end.
   */
  private void giveUp() {
    over = true;
    onEnd.run();
    told.accept(
        "no line behind those that failed is sent under the publisher's name: this server knows"
            + " nothing of what was sent before, and the same command sends all of it again");
    Thread closer =
        Thread.ofPlatform()
            .daemon()
            .name("give-up")
            .start(
                () -> {
                  Thread.currentThread().interrupt();
                  client.close(Duration.ZERO);
                });
    try {
      closer.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Is told what becomes of one line. */
  private final class Fate implements SendHandler {
    private final SendTally.Place place;

    Fate(SendTally.Place place) {
      this.place = place;
    }

    @Override
    public void onSent(long number, long seq, long others) {
      String counts = client.session().epoch();
      if (firstSeq == 0) {
        firstSeq = seq;
        epoch = counts;
      } else if (!counts.equals(epoch)) {
        numberedAnew = true;
      }
      lastSeq = seq;
      clients = others;
      tally.acknowledge();
    }

    @Override
    public void onFailed(SendException failure) {
      tally.fail(place, "not acknowledged: " + failure.getMessage());
      boolean refused = failure.code().isPresent();
      boolean clientEnded = failure.getCause() != null;
      if (resumes && !refused && !clientEnded && !over) {
        giveUp();
      }
    }
  }
}
