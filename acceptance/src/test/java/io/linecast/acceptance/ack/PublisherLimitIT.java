package io.linecast.acceptance.ack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.linecast.acceptance.BlackBox;
import io.linecast.acceptance.ServerUnderTest;
import io.linecast.acceptance.ack.Event.Sent;
import org.junit.jupiter.api.Test;

/** How many publishers are remembered: {@code --publishers}. */
@BlackBox
class PublisherLimitIT {

  @Test
  void shouldForgetThePublisherThatHasBeenAwayForLongest() {
    try (ServerUnderTest server = ServerUnderTest.start("--publishers", "3");
        Clients clients = new Clients(server)) {
      Sent ofAnn = publishAndLeave(clients, "ann");
      Sent ofBen = publishAndLeave(clients, "ben");
      Sent ofCat = publishAndLeave(clients, "cat");
      assertThat(publishAndLeave(clients, "ann")).as("a repeat").isEqualTo(ofAnn);
      publishAndLeave(clients, "dan");
      AckClient cat = clients.join("publisher=cat");
      assertThat(cat.answer().last()).as("cat's last").hasValue(1);
      assertThat(cat.publish(1, "again")).isEqualTo(ofCat);
      AckClient ann = clients.join("publisher=ann");
      assertThat(ann.answer().last()).as("ann's last").hasValue(1);
      AckClient ben = clients.join("publisher=ben");
      assertThat(ben.answer().last()).as("ben's last, forgotten").hasValue(0);
      assertThat(ben.publish(1, "again").seq()).isGreaterThan(ofBen.seq());
    }
  }

  @Test
  void shouldRefuseAFurtherPublisherWhileAllAreConnected() {
    try (ServerUnderTest server = ServerUnderTest.start("--publishers", "2");
        Clients clients = new Clients(server)) {
      AckClient ann = clients.join("publisher=ann");
      AckClient ben = clients.join("publisher=ben");
      Answer refusal = clients.connect().hello("publisher=cat");
      assertThat(refusal.code()).isEqualTo("overload");
      assertThat(clients.join("").publish(1, "without a name").seq()).isEqualTo(1);
      ann.nextLine();
      assertThat(ann.publish(1, "still here").seq()).isEqualTo(2);
      ben.reset();
      await("a place")
          .untilAsserted(
              () -> assertThat(clients.connect().hello("publisher=cat").code()).isEmpty());
      assertThat(ann.publish(2, "and here").seq()).isEqualTo(3);
    }
  }

  @Test
  void shouldHaveAPublisherReplaceItselfHoweverManyThereAre() {
    try (ServerUnderTest server = ServerUnderTest.start("--publishers", "1");
        Clients clients = new Clients(server)) {
      AckClient older = clients.join("publisher=ann");
      Sent one = older.publish(1, "one");
      AckClient newer = clients.join("publisher=ann");
      assertThat(newer.publish(1, "one")).isEqualTo(one);
      older.expectBye("duplicate");
    }
  }

  private static Sent publishAndLeave(Clients clients, String name) {
    AckClient client = clients.join("listen=no publisher=" + name);
    Sent sent = client.publish(1, "of " + name);
    client.send("QUIT");
    client.untilEnd();
    return sent;
  }
}
