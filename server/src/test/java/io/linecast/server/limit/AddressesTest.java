package io.linecast.server.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What is known of blocks of addresses. */
class AddressesTest {

  private static final int MOST = 3;
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  @Test
  void shouldTakeEachIpv4AddressForItself() throws UnknownHostException {
    assertThat(block("192.0.2.1")).isNotEqualTo(block("192.0.2.2"));
    assertThat(block("::ffff:192.0.2.1")).isEqualTo(block("192.0.2.1"));
    assertThat(block("255.255.255.255")).isNotEqualTo(block("0.0.0.0"));
  }

  @Test
  void shouldTakeANetworkOfIpv6ForOne() throws UnknownHostException {
    assertThat(block("2001:db8:0:1::1")).isEqualTo(block("2001:db8:0:1:ffff::9"));
    assertThat(block("2001:db8:0:1::1")).isNotEqualTo(block("2001:db8:0:2::1"));
    assertThat(block("::1")).isNotEqualTo(block("0.0.0.0"));
  }

  @Test
  void shouldCountNoMoreThanThereMayBe() {
    AddressCounts counts = new AddressCounts();
    assertThat(counts.tryAdd(0, 2)).isTrue();
    assertThat(counts.tryAdd(0, 2)).isTrue();
    assertThat(counts.tryAdd(0, 2)).isFalse();
    assertThat(counts.tryAdd(1, 2)).isTrue();
    counts.remove(0);
    assertThat(counts.tryAdd(0, 2)).isTrue();
    assertThat(counts.count(0)).isEqualTo(2);
    assertThat(counts.count(7)).isZero();
  }

  @Test
  void shouldNotGiveBackWhatWasNotCounted() {
    AddressCounts counts = new AddressCounts();
    counts.tryAdd(5, 1);
    counts.remove(5);
    assertThatThrownBy(() -> counts.remove(5)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void shouldCountAsAMapDoes() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    AddressCounts counts = new AddressCounts();
    Map<Long, Integer> expected = new HashMap<>();
    for (int i = 0; i < 200_000; i++) {
      long block = random.nextLong(random.nextInt(1, 3_000));
      int before = expected.getOrDefault(block, 0);
      if (random.nextInt(100) < (i / 20_000 % 2 == 0 ? 70 : 30)) {
        assertThat(counts.tryAdd(block, MOST)).as("seed %d", seed).isEqualTo(before < MOST);
        expected.put(block, Math.min(MOST, before + 1));
      } else if (before > 0) {
        counts.remove(block);
        expected.put(block, before - 1);
      }
    }
    expected.values().removeIf(count -> count == 0);
    assertThat(counts.blocks()).as("seed %d", seed).isEqualTo(expected.size());
    expected.forEach((block, count) -> assertThat(counts.count(block)).isEqualTo(count));
  }

  @Test
  void shouldTakeNoMoreMemoryThanIsNeededForThoseWhoAreThere() {
    AddressCounts counts = new AddressCounts();
    for (long block = 0; block < 10_000; block++) {
      counts.tryAdd(block, 1);
    }
    assertThat(counts.places()).isBetween(10_000, 40_000);
    for (long block = 0; block < 10_000; block++) {
      counts.remove(block);
    }
    assertThat(counts.places()).isLessThanOrEqualTo(128);
  }

  @Test
  void shouldLimitEachBlockForItself() {
    AddressRates rates = new AddressRates(Rate.perSecond(2), 64, 0);
    assertThat(rates.take(1, 1, 0)).isZero();
    assertThat(rates.take(1, 1, 0)).isZero();
    assertThat(rates.take(1, 1, 0)).isBetween(1L, SECOND / 2);
    assertThat(rates.take(2, 1, 0)).isZero();
    assertThat(rates.take(1, 1, SECOND / 2 + 1)).isZero();
    assertThat(rates.waitNanos(2, 0)).isZero();
  }

  @Test
  void shouldTakeNothingWhereOneHasToWait() {
    AddressRates rates = new AddressRates(Rate.perSecond(1), 8, 0);
    rates.take(1, 1, 0);
    long wait = rates.take(1, 1, 0);
    assertThat(rates.take(1, 1, 0)).isEqualTo(wait);
    assertThat(rates.waitNanos(1, 0)).isEqualTo(wait);
  }

  /**
   * Somebody with a whole network is everywhere at once; who is over the rate stays so meanwhile.
   */
  @Test
  void shouldForgetWhoHasLeastToWaitWhereThereAreTooMany() {
    AddressRates rates = new AddressRates(Rate.perSecond(1), 8, 0);
    rates.take(-1, 100, 0);
    for (long block = 0; block < 1_000_000; block++) {
      assertThat(rates.take(block, 1, 0)).isZero();
    }
    assertThat(rates.take(-1, 1, 0)).isGreaterThan(50 * SECOND);
  }

  @Test
  void shouldLimitNobodyWhereThereIsNoLimit() {
    AddressRates rates = new AddressRates(Rate.UNLIMITED, 8, 0);
    rates.take(1, 1_000_000, 0);
    assertThat(rates.take(1, 1, 0)).isZero();
  }

  private static long block(String address) throws UnknownHostException {
    return AddressBlock.of(InetAddress.getByName(address));
  }
}
