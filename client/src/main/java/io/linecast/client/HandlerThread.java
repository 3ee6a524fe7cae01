package io.linecast.client;

import java.util.NoSuchElementException;
import java.util.Optional;

/** The thread on which a line handler is called. */
final class HandlerThread implements Runnable {

  private final LineHandler handler;
  private final Mailbox mailbox;
  private final Link link;

  HandlerThread(LineHandler handler, Mailbox mailbox, Link link) {
    this.handler = handler;
    this.mailbox = mailbox;
    this.link = link;
  }

  @Override
  public void run() {
    Optional<ClientException> failure = Optional.empty();
    try {
      while (mailbox.awaitNext()) {
        hand(mailbox.take());
      }
    } catch (NoSuchElementException e) {
      // The program has closed the client between the two.
    } catch (ClientException e) {
      failure = Optional.of(e);
    }
    handler.onEnd(failure);
  }

  private void hand(Event event) {
    try {
      if (event instanceof Line line) {
        handler.onLine(line);
      } else if (event instanceof Gap gap) {
        handler.onGap(gap);
      }
    } catch (RuntimeException | Error e) {
      ClientException failure =
          new ClientException(
              ClientException.Reason.HANDLER, null, "the line handler has thrown: " + e, e);
      link.fail(failure);
      throw failure;
    }
  }
}
