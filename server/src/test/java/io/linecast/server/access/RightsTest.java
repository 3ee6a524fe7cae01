package io.linecast.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class RightsTest {

  private static final Rights LISTEN_SHIPS = Rights.in(Set.of("ships"), Set.of(Right.LISTEN));
  private static final Rights PUBLISH_PLANES = Rights.in(Set.of("planes"), Set.of(Right.PUBLISH));

  @Test
  void shouldAllowNothingWhereThereIsNoRight() {
    for (Right right : Right.values()) {
      assertThat(Rights.NONE.may(right, "main")).as(right.word()).isFalse();
    }
    assertThat(Rights.NONE.mayAdminister()).isFalse();
    assertThat(Rights.NONE.mayEnter("main")).isFalse();
  }

  @Test
  void shouldAllowItInItsChannelsAlone() {
    assertThat(LISTEN_SHIPS.may(Right.LISTEN, "ships")).isTrue();
    assertThat(LISTEN_SHIPS.may(Right.LISTEN, "planes")).isFalse();
    assertThat(LISTEN_SHIPS.may(Right.PUBLISH, "ships")).isFalse();
    assertThat(LISTEN_SHIPS.mayEnter("ships")).isTrue();
    assertThat(LISTEN_SHIPS.mayEnter("planes")).isFalse();
  }

  @Test
  void shouldAllowItInEveryChannel() {
    Rights rights = Rights.everywhere(Set.of(Right.PUBLISH));
    assertThat(rights.may(Right.PUBLISH, "whatever")).isTrue();
    assertThat(rights.may(Right.LISTEN, "whatever")).isFalse();
  }

  /** To publish in one channel and to listen in another is not both in both. */
  @Test
  void shouldKeepRightsToTheirChannelsInAUnion() {
    Rights both = LISTEN_SHIPS.union(PUBLISH_PLANES);
    assertThat(both.may(Right.LISTEN, "ships")).isTrue();
    assertThat(both.may(Right.PUBLISH, "planes")).isTrue();
    assertThat(both.may(Right.PUBLISH, "ships")).isFalse();
    assertThat(both.may(Right.LISTEN, "planes")).isFalse();
  }

  @Test
  void shouldTakeTheChannelsOfBothForTheSameRight() {
    Rights both = LISTEN_SHIPS.union(Rights.in(Set.of("planes"), Set.of(Right.LISTEN)));
    assertThat(both.may(Right.LISTEN, "ships")).isTrue();
    assertThat(both.may(Right.LISTEN, "planes")).isTrue();
    assertThat(both.may(Right.LISTEN, "main")).isFalse();
    assertThat(both.union(Rights.everywhere(Set.of(Right.LISTEN))).may(Right.LISTEN, "main"))
        .isTrue();
  }

  @Test
  void shouldLeaveBothAsTheyWereInAUnion() {
    Rights both = LISTEN_SHIPS.union(PUBLISH_PLANES);
    assertThat(LISTEN_SHIPS.may(Right.PUBLISH, "planes")).isFalse();
    assertThat(both).isEqualTo(PUBLISH_PLANES.union(LISTEN_SHIPS));
  }

  @Test
  void shouldLetAdministerTheWholeServerWhateverTheChannels() {
    Rights rights = Rights.in(Set.of("ships"), Set.of(Right.ADMIN));
    assertThat(rights.mayAdminister()).isTrue();
    assertThat(rights.mayEnter("ships")).isFalse();
  }
}
