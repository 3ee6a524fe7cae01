package io.linecast.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.DefaultEventLoop;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class OrderlyStopTest {

  @Test
  @Timeout(30)
  void shouldNotWaitForALoopThatHangsLongerThanItWasGiven() throws InterruptedException {
    ServerOptions options = ServerOptions.builder().build();
    DefaultEventLoop eventLoop = new DefaultEventLoop();
    ServerLoop loop = new ServerLoop(eventLoop, new NioWriter(), 0, options);
    CountDownLatch hanging = new CountDownLatch(1);
    CountDownLatch released = new CountDownLatch(1);
    loop.execute(
        () -> {
          hanging.countDown();
          awaitQuietly(released);
        });
    hanging.await();
    Connections nobody = new Connections(1, () -> {});

    new OrderlyStop(List.of(), List.of(), List.of(loop), nobody, null, null)
        .run(Duration.ofMillis(20));

    assertThat(released.getCount()).as("the loop still hangs").isOne();
    released.countDown();
    eventLoop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
