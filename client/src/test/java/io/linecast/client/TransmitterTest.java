package io.linecast.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.OutputStream;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class TransmitterTest {

  private static final SendHandler NOBODY =
      new SendHandler() {
        @Override
        public void onSent(long number, long seq, long clients) {}

        @Override
        public void onFailed(SendException failure) {}
      };

  /** Not even an error of the machine's is kept to itself. */
  private static final class Broken extends OutputStream {
    @Override
    public void write(int b) {
      throw new OutOfMemoryError("no more");
    }

    @Override
    public void write(byte[] bytes, int from, int count) {
      throw new OutOfMemoryError("no more");
    }
  }

  private final CopyOnWriteArrayList<ClientException> failures = new CopyOnWriteArrayList<>();
  private final Mailbox mailbox = new Mailbox(1000, false, () -> {});
  private final Outbox outbox =
      new Outbox(mailbox, new ClientBuilder(Address.parse("localhost")).options());
  private final Transmitter transmitter =
      new Transmitter(new Broken(), () -> {}, outbox, mailbox, null, failures::add);

  private void send() {
    outbox.begin("e1", OptionalLong.of(0));
    outbox.add(new byte[1], NOBODY);
  }

  @Test
  void shouldEndTheClientWhenItCanWriteNoMore() {
    send();
    transmitter.start();
    await().until(() -> !failures.isEmpty());
    assertThat(failures).singleElement().asString().contains("no more");
    transmitter.stop();
  }

  @Test
  void shouldThrowNothingIntoASendThatWasTaken() {
    send();
    transmitter.writeHere();
    assertThat(failures).singleElement().asString().contains("no more");
  }
}
