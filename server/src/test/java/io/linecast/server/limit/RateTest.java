package io.linecast.server.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RateTest {

  private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  /** A clock may begin anywhere, and pass the end of its numbers. */
  @ParameterizedTest
  @ValueSource(longs = {0, 12_345, -5 * 1_000_000_000L, Long.MAX_VALUE - 100, Long.MIN_VALUE})
  void shouldLetASecondsWorthThroughAtOnceAndThenOneAtATime(long start) {
    TokenBucket bucket = new TokenBucket(Rate.perSecond(10), start);
    assertThat(bucket.left(start)).isEqualTo(10);
    bucket.take(9, start);
    assertThat(bucket.left(start)).isEqualTo(1);
    assertThat(bucket.waitNanos(start)).isZero();
    bucket.take(1, start);
    assertThat(bucket.left(start)).isZero();
    assertThat(bucket.waitNanos(start)).isBetween(1L, 100 * MILLI);
    long later = start + 150 * MILLI;
    assertThat(bucket.left(later)).isEqualTo(1);
    bucket.take(2, later);
    assertThat(bucket.left(later)).isZero();
  }

  @Test
  void shouldKeepToTheRateWhoeverTakesWhatIsLeft() {
    TokenBucket bucket = new TokenBucket(Rate.perSecond(1_000), 0);
    long taken = 0;
    for (long now = 0; now < 10 * SECOND; now += 7 * MILLI) {
      long left = bucket.left(now);
      bucket.take(left, now);
      taken += left;
    }
    assertThat(taken).isBetween(10_900L, 11_000L);
  }

  @Test
  void shouldLetThroughWhatIsLargerThanASecondsWorth() {
    TokenBucket bucket = new TokenBucket(Rate.perSecond(1_000), 0);
    bucket.take(1, 0);
    assertThat(bucket.waitNanos(0)).isZero();
    bucket.take(10_000, 0);
    assertThat(bucket.waitNanos(0)).isBetween(9 * SECOND, 10 * SECOND);
    assertThat(bucket.left(10 * SECOND)).isPositive();
  }

  @Test
  void shouldSaveUpASecondAtMost() {
    TokenBucket bucket = new TokenBucket(Rate.perSecond(5), 0);
    bucket.take(5, 0);
    assertThat(bucket.left(100 * SECOND)).isEqualTo(5);
  }

  @Test
  void shouldSaveUpAQuarterWhereThatIsSaid() {
    TokenBucket bucket = new TokenBucket(Rate.withQuarter(20_000), 0);
    assertThat(bucket.left(0)).isEqualTo(5_000);
  }

  @Test
  void shouldAllowEverythingWhereThereIsNoLimit() {
    TokenBucket bucket = new TokenBucket(Rate.UNLIMITED, 0);
    bucket.take(Long.MAX_VALUE, 0);
    assertThat(bucket.left(0)).isEqualTo(Long.MAX_VALUE);
    assertThat(bucket.waitNanos(0)).isZero();
  }

  @Test
  void shouldBearWhateverIsTaken() {
    TokenBucket bucket = new TokenBucket(Rate.perSecond(1), 0);
    bucket.take(Long.MAX_VALUE, 0);
    bucket.take(Long.MAX_VALUE, 0);
    assertThat(bucket.waitNanos(0)).isBetween(1L, TimeUnit.DAYS.toNanos(1));
  }

  @Test
  void shouldTakeForAllTogether() {
    SharedBucket bucket = new SharedBucket(Rate.perSecond(2), 0);
    assertThat(bucket.isLimited()).isTrue();
    bucket.take(0);
    assertThat(bucket.waitNanos(0)).isZero();
    bucket.take(0);
    assertThat(bucket.waitNanos(0)).isBetween(1L, SECOND / 2);
  }

  @Test
  void shouldRefuseWhatIsNoRate() {
    assertThatThrownBy(() -> new Rate(-1, 1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Rate(1, 0)).isInstanceOf(IllegalArgumentException.class);
  }
}
