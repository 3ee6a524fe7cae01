package io.linecast.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class KernelCountersTest {

  @Test
  void shouldFindTheRetransmittedSegmentsByName() {
    List<String> snmp =
        List.of(
            "Ip: Forwarding DefaultTTL",
            "Ip: 1 64",
            "Tcp: InSegs OutSegs RetransSegs InErrs",
            "Tcp: 10 20 30 40");

    assertThat(KernelCounters.retransmitted(snmp)).isEqualTo(30);
  }

  @Test
  void shouldAddUpTheDropsOfAllCores() {
    List<String> softnet = List.of("007520f6 00000216 00000004", "00c1a725 000001a1 00000010");

    assertThat(KernelCounters.drops(softnet)).isEqualTo(0x216 + 0x1a1);
  }
}
