package io.linecast.client;

/** The future of an acknowledgement. */
final class SentFuture extends ClientFuture<Sent> implements SendHandler {

  private final Outbox outbox;

  SentFuture(Mailbox mailbox, Outbox outbox) {
    super(mailbox);
    this.outbox = outbox;
  }

  @Override
  public void onSent(long number, long seq, long clients) {
    complete(new Sent(number, seq, clients, outbox.epoch()));
  }

  @Override
  public void onFailed(SendException failure) {
    completeExceptionally(failure);
  }
}
