package io.linecast.client;

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
      for (Optional<Event> next = mailbox.take(); next.isPresent(); next = mailbox.take()) {
        hand(next.get());
      }
    } catch (ClientException e) {
      boolean interrupted = e.reason() == ClientException.Reason.INTERRUPTED;
      failure = Optional.of(interrupted ? failed("its handler's thread was interrupted", e) : e);
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
      throw failed("the line handler has thrown: " + e, e);
    }
  }

  /** Ends the client: with nobody to take what is heard it would stand still. */
  private ClientException failed(String what, Throwable cause) {
    ClientException failure =
        new ClientException(ClientException.Reason.HANDLER, null, what, cause);
    link.fail(failure);
    return failure;
  }
}
