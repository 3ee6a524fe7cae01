package io.linecast.server.tls;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TlsSessionTest {

  private static final int RECORD = TlsSession.RECORD_BYTES;
  private static final int SEALED = RECORD + 22;

  @Test
  void shouldCountWholeRecordsOnly() {
    int bytes = 3 * RECORD + 100;
    int sealed = 3 * SEALED + 122;

    assertThat(TlsSession.openable(bytes, sealed, 0)).isZero();
    assertThat(TlsSession.openable(bytes, sealed, SEALED - 1)).isZero();
    assertThat(TlsSession.openable(bytes, sealed, SEALED)).isEqualTo(RECORD);
    assertThat(TlsSession.openable(bytes, sealed, 3 * SEALED)).isEqualTo(3 * RECORD);
    assertThat(TlsSession.openable(bytes, sealed, sealed - 1)).isEqualTo(3 * RECORD);
    assertThat(TlsSession.openable(bytes, sealed, sealed)).isEqualTo(bytes);
  }

  @Test
  void shouldNeverCountTheLastRecordBeforeItIsThere() {
    int sealed = 2 * SEALED;

    assertThat(TlsSession.openable(2 * RECORD, sealed, sealed - 1)).isEqualTo(RECORD);
    assertThat(TlsSession.openable(10, 32, 31)).isZero();
  }

  @Test
  void shouldHaveRoomForRecordsAndWhatComesBeforeThem() {
    assertThat(TlsSession.roomFor(2 * RECORD)).isGreaterThan(2 * (RECORD + 64) + 16_000);
  }
}
