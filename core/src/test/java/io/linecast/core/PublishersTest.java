package io.linecast.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.linecast.protocol.Code;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;

class PublishersTest {

  private final Publishers publishers = new Publishers(3, new ReentrantLock());
  private final FakeHolder connection = new FakeHolder();
  private final FakeHolder newer = new FakeHolder();

  @Test
  void shouldMakeAPublisherForANewName() {
    Publisher ann = publishers.take("ann", connection);

    assertThat(ann.name()).isEqualTo("ann");
    assertThat(ann.highest()).isZero();
    assertThat(ann.isHeldBy(connection)).isTrue();
  }

  @Test
  void shouldTakeAPublisherOverFromTheConnectionThatHasIt() {
    Publisher ann = publishers.take("ann", connection);

    assertThat(publishers.take("ann", newer)).isSameAs(ann);
    assertThat(ann.isHeldBy(connection)).isFalse();
    assertThat(ann.isHeldBy(newer)).isTrue();
    assertThat(connection.timesSuperseded()).isEqualTo(1);
  }

  @Test
  void shouldTellNobodyOfTakingWhatItHasOrWhatNobodyHas() {
    Publisher ann = publishers.take("ann", connection);
    publishers.take("ann", connection);
    publishers.letGo(ann, connection);
    publishers.take("ann", newer);

    assertThat(connection.timesSuperseded()).isZero();
    assertThat(newer.timesSuperseded()).isZero();
  }

  @Test
  void shouldNotLetGoOfWhatAnotherHasTakenOver() {
    Publisher ann = publishers.take("ann", connection);
    publishers.take("ann", newer);
    publishers.letGo(ann, connection);

    assertThat(ann.isHeldBy(newer)).isTrue();
    fill("ben", "cy");
    assertThatThrownBy(() -> publishers.take("dan", connection))
        .isInstanceOf(RefusedException.class);
  }

  @Test
  void shouldRememberAPublisherWithoutAConnection() {
    Publisher ann = publishers.take("ann", connection);
    ann.record(new Numbering(ann, new long[] {5}), 1, 9, 0);
    publishers.letGo(ann, connection);

    assertThat(ann.isHeldBy(connection)).isFalse();
    assertThat(publishers.take("ann", newer)).isSameAs(ann);
    assertThat(ann.isHeldBy(newer)).isTrue();
  }

  @Test
  void shouldForgetWhoIsWithoutAConnectionForLongest() {
    Publisher ann = rest("ann");
    Publisher ben = rest("ben");
    Publisher cy = rest("cy");
    publishers.take("dan", connection);

    assertThat(publishers.take("cy", connection)).isSameAs(cy);
    assertThat(publishers.take("ben", connection)).isSameAs(ben);
    publishers.letGo(ben, connection);
    assertThat(publishers.take("ann", connection)).isNotSameAs(ann);
  }

  @Test
  void shouldCountAnewHowLongSomebodyIsWithoutAConnection() {
    Publisher ann = rest("ann");
    Publisher ben = rest("ben");
    rest("ann");
    fill("cy", "dan");

    assertThat(publishers.take("ann", connection)).isSameAs(ann);
    publishers.letGo(ann, connection);
    assertThat(publishers.take("ben", connection)).isNotSameAs(ben);
  }

  @Test
  void shouldNotForgetWhoHasAConnection() {
    Publisher ann = publishers.take("ann", connection);
    for (int i = 0; i < 10; i++) {
      rest("other" + i);
    }

    assertThat(publishers.take("ann", newer)).isSameAs(ann);
  }

  @Test
  void shouldRefuseOneMoreWhenAllHaveConnections() {
    fill("ann", "ben", "cy");

    assertThatThrownBy(() -> publishers.take("dan", connection))
        .isInstanceOfSatisfying(
            RefusedException.class, e -> assertThat(e.code()).isEqualTo(Code.OVERLOAD))
        .hasMessageContaining("3 publishers");
    assertThat(publishers.take("cy", newer).isHeldBy(newer)).isTrue();
  }

  @Test
  void shouldLetOneMoreInWhenAConnectionEnds() {
    fill("ann", "ben");
    Publisher cy = publishers.take("cy", connection);
    publishers.letGo(cy, connection);

    assertThat(publishers.take("dan", connection).isHeldBy(connection)).isTrue();
    assertThatThrownBy(() -> publishers.take("cy", connection))
        .isInstanceOf(RefusedException.class);
  }

  @Test
  void shouldAskAPublisherWhatIsToBeKnown() {
    Publisher ann = publishers.take("ann", connection);
    ann.record(new Numbering(ann, new long[] {5}), 1, 9, 0);

    assertThat(publishers.<Long>ask(ann, Publisher::highest)).isEqualTo(5);
  }

  @Test
  void shouldHoldAPublisherWithoutANameForItsConnection() {
    Publisher unnamed = publishers.unnamed(connection);

    assertThat(unnamed.name()).isEmpty();
    assertThat(unnamed.isHeldBy(connection)).isTrue();
  }

  @Test
  void shouldRememberNothingOfAPublisherWithoutANameOnceItsConnectionEnds() {
    Publisher unnamed = publishers.unnamed(connection);
    unnamed.record(new Numbering(unnamed, new long[] {5}), 1, 9, 0);
    assertThat(publishers.budget().taken()).isPositive();

    publishers.letGo(unnamed, connection);
    publishers.letGo(unnamed, connection);

    assertThat(publishers.budget().taken()).isZero();
    assertThat(unnamed.isHeldBy(connection)).isFalse();
    fill("ann", "ben", "cy");
  }

  @Test
  void shouldGiveBackTheMemoryOfThoseItForgets() {
    for (int i = 0; i < 100; i++) {
      Publisher publisher = publishers.take("other" + i, connection);
      publisher.record(new Numbering(publisher, new long[] {1, 3}), 2, 10L * i + 1, 0);
      publishers.letGo(publisher, connection);
    }

    assertThat(publishers.budget().taken()).isEqualTo(3 * 2);
  }

  private Publisher rest(String name) {
    Publisher publisher = publishers.take(name, connection);
    publishers.letGo(publisher, connection);
    return publisher;
  }

  private void fill(String... names) {
    for (String name : names) {
      publishers.take(name, connection);
    }
  }
}
