package io.linecast.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.linecast.core.CloseReason;
import org.junit.jupiter.api.Test;

class ClientFaultTest {

  @Test
  void shouldLetAClientBeForWhichNothingFails() {
    FakeClient client = new FakeClient();

    ClientFault.contain(client, () -> {});

    assertThat(client.closed()).isEmpty();
  }

  @Test
  void shouldCloseTheClientForWhichSomethingFailsAndGoOn() {
    FakeClient client = new FakeClient();

    assertThatCode(() -> ClientFault.contain(client, ClientFaultTest::fail))
        .doesNotThrowAnyException();

    assertThat(client.closed()).containsExactly(CloseReason.FAULT);
  }

  @Test
  void shouldGoOnEvenIfTheClientCannotBeClosed() {
    FakeClient client = new FakeClient(ClientFaultTest::fail);

    assertThatCode(() -> ClientFault.contain(client, ClientFaultTest::fail))
        .doesNotThrowAnyException();

    assertThat(client.closed()).hasSize(1);
  }

  private static void fail() {
    throw new IllegalStateException("as a test wants it");
  }
}
