package io.linecast.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.unix.DomainSocketAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;

class PeerTextTest {

  @Test
  void shouldSayAnAddressAsPeopleDo() throws Exception {
    InetAddress unnamed = InetAddress.getByAddress(new byte[] {10, 0, 0, 7});

    assertThat(Peer.textOf(new InetSocketAddress(unnamed, 1234))).isEqualTo("10.0.0.7:1234");
  }

  @Test
  void shouldLeaveAPathAsItIs() {
    assertThat(Peer.textOf(new DomainSocketAddress("/run/lines"))).isEqualTo("/run/lines");
  }
}
