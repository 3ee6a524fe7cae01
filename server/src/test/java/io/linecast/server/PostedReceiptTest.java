package io.linecast.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.linecast.core.Receipt;
import org.junit.jupiter.api.Test;

class PostedReceiptTest {

  private final PostedReceipt receipt = new PostedReceipt();

  @Test
  void shouldSayNothingWhereNothingWasPublished() {
    assertThat(receipt.figures()).isEmpty();
  }

  @Test
  void shouldSayHowManyLinesMayYetComeBesideThoseThatHave() {
    receipt.add(new Receipt(5, 2), 2);
    receipt.await(3);

    assertThat(receipt.figures())
        .containsExactly(entry("first", 5L), entry("last", 6L), entry("pending", 3L));
  }

  @Test
  void shouldSayNoLongerThatLinesMayComeOnceTheyHave() {
    receipt.await(3);
    receipt.settle(new Receipt(7, 2), 3);

    assertThat(receipt.figures()).containsExactly(entry("first", 7L), entry("last", 9L));
  }
}
