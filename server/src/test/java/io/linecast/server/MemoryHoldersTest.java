package io.linecast.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.linecast.server.MemoryHolders.Holder;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SingleThreadEventLoop;
import io.netty.channel.nio.NioIoHandler;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class MemoryHoldersTest {

  private static final MultiThreadIoEventLoopGroup GROUP =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private static final ServerLoop LOOP =
      new ServerLoop(
          (SingleThreadEventLoop) GROUP.next(), new NioWriter(), 0, ServerOptions.defaults());

  private final MemoryHolders holders = new MemoryHolders();

  @AfterAll
  static void end() {
    GROUP.shutdownGracefully();
  }

  @Test
  void shouldChooseNobodyWhereNoMoreIsHeldThanMayBe() {
    add(10, "ann");
    add(20, "bob");
    assertThat(holders.bytes()).isEqualTo(30);
    assertThat(holders.over(30)).isEmpty();
  }

  @Test
  void shouldChooseTheLargestFirstAndNoMoreThanIsNeeded() {
    add(10, "ann");
    add(30, "bob");
    add(20, "carol");
    add(0, "dave");
    assertThat(holders.over(59)).extracting(Holder::client).containsExactly("bob");
    assertThat(holders.over(30)).extracting(Holder::client).containsExactly("bob");
    assertThat(holders.over(29)).extracting(Holder::client).containsExactly("bob", "carol");
    assertThat(holders.over(0)).extracting(Holder::client).containsExactly("bob", "carol", "ann");
  }

  @Test
  void shouldKnowTheLargestOfAllLoops() {
    Random random = new Random(7);
    for (int loop = 0; loop < 3; loop++) {
      MemoryHolders here = new MemoryHolders();
      for (int i = 0; i < 1_000; i++) {
        here.add(1 + random.nextInt(1_000), "small", LOOP, reason -> {});
      }
      here.add(5_000 + loop, "large", LOOP, reason -> {});
      holders.addAll(here);
    }
    assertThat(holders.over(0)).startsWith(holders.over(0).getFirst());
    assertThat(holders.over(0).subList(0, 3)).extracting(Holder::client).containsOnly("large");
  }

  private void add(long bytes, String client) {
    holders.add(bytes, client, LOOP, reason -> {});
  }
}
