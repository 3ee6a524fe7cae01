package io.linecast.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** How many may come from one address, how fast, and how fast from all together. */
@BlackBox
class AddressLimitIT {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @Test
  void shouldRefuseMoreThanThereMayBeFromOneAddressAndDisturbNobody() {
    try (ServerUnderTest server = start("--max-per-address", "3", "--accept-rate", "40");
        LineClient alice = server.connect();
        LineClient bob = server.connect();
        LineClient carol = server.connect()) {
      Fence.gather(alice, List.of(bob, carol));
      for (int i = 0; i < 20; i++) {
        try (LineClient fourth = server.connect()) {
          assertThat(fourth.hearUntilGone()).isEmpty();
        }
        alice.send("line " + i);
        assertThat(bob.hear()).isEqualTo("line " + i);
      }
      assertThat(carol.hear(20)).hasSize(20);
      await("word of it").until(() -> server.output().contains("(--max-per-address)"));
      bob.leave();
      try (LineClient dave = comeIn(server, alice)) {
        Fence.gather(alice, List.of(dave));
      }
      carol.leave();
      comeIn(server, alice).close();
      Figures figures = Figures.of(server);
      assertThat(figures.limited("max-per-address")).isGreaterThanOrEqualTo(20);
      assertThat(figures.limited("accept-rate")).as("turns taken by who is refused").isZero();
    }
  }

  /** What is counted once too often, or given back twice, shows after some hundred. */
  @Test
  void shouldGiveBackEachPlaceOnceHoweverItsConnectionEnds() {
    try (ServerUnderTest server = start("--max-per-address", "4");
        LineClient alice = server.connect()) {
      for (int i = 0; i < 300; i++) {
        LineClient guest = comeIn(server, alice);
        switch (i % 3) {
          case 0 -> guest.reset();
          case 1 -> guest.leave();
          default -> guest.close();
        }
      }
      List<LineClient> full = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        full.add(comeIn(server, alice));
      }
      try (LineClient fifth = server.connect()) {
        assertThat(fifth.hearUntilGone()).isEmpty();
      }
      Fence.gather(alice, full);
      full.forEach(LineClient::close);
    }
  }

  @Test
  void shouldRefuseWhoComesTooFastFromOneAddress() {
    try (ServerUnderTest server = start("--accept-rate-per-address", "5");
        LineClient alice = server.connect();
        LineClient bob = server.connect()) {
      Fence.gather(alice, List.of(bob));
      long begin = System.nanoTime();
      int refused = 0;
      int letIn = 0;
      for (int i = 0; i < 200 && refused < 10; i++) {
        LineClient guest = server.connect();
        if (guest.isLetIn(alice)) {
          letIn++;
        } else {
          refused++;
        }
        alice.send("line " + i);
        assertThat(hearBehindFences(bob)).isEqualTo("line " + i);
        guest.close();
      }
      double seconds = (System.nanoTime() - begin) / 1e9;
      assertThat(refused).as("refused, with %d let in", letIn).isEqualTo(10);
      assertThat(letIn).as("let in within %.2f s", seconds).isBetween(2, (int) (5 + 5 * seconds));
      await("word of it").until(() -> server.output().contains("(--accept-rate-per-address)"));
      await("a later one is let in")
          .atMost(PATIENCE)
          .pollInterval(Duration.ofMillis(500))
          .until(
              () -> {
                try (LineClient later = server.connect()) {
                  return later.isLetIn(alice);
                }
              });
    }
  }

  @Test
  void shouldLetEverybodyInAtAPaceWhenManyComeAtOnce() {
    try (ServerUnderTest server = start("--accept-rate", "50");
        LineClient alice = server.connect();
        LineClient bob = server.connect()) {
      Fence.gather(alice, List.of(bob));
      long begin = System.nanoTime();
      List<LineClient> crowd = new ArrayList<>();
      for (int i = 0; i < 60; i++) {
        crowd.add(server.connect());
      }
      for (int i = 0; i < 20; i++) {
        alice.send("line " + i);
        assertThat(bob.hear()).isEqualTo("line " + i);
      }
      Fence.gather(alice, crowd);
      assertThat(Duration.ofNanos(System.nanoTime() - begin))
          .as("time for 60 at 50 a second, 12 of them at once")
          .isBetween(Duration.ofMillis(700), Duration.ofSeconds(15));
      assertThat(Figures.of(server).limited("accept-rate")).isPositive();
      assertThat(server.output()).contains("(--accept-rate)");
      crowd.forEach(LineClient::close);
    }
  }

  @Test
  void shouldServeACrowdThatComesBackAtOnceAndKeepNobodyWaitingMeanwhile() {
    try (ServerUnderTest server = start("--accept-rate", "1000");
        LineClient alice = server.connect();
        LineClient bob = server.connect()) {
      Fence.gather(alice, List.of(bob));
      CompletableFuture<Crowd> coming =
          CompletableFuture.supplyAsync(() -> Crowd.joined(server, 4_000));
      int exchanged = 0;
      while (!coming.isDone()) {
        alice.send("line " + exchanged);
        bob.hearThrough("line " + exchanged++);
      }
      try (Crowd crowd = coming.join()) {
        Fence.gather(alice, crowd.members());
        assertThat(exchanged).as("lines heard meanwhile").isGreaterThan(20);
        assertThat(Figures.of(server).limited("accept-rate")).isPositive();
      }
    }
  }

  @Test
  void shouldLimitNobodyOnThisMachineUnlessToldTo() {
    try (ServerUnderTest server = start();
        LineClient alice = server.connect()) {
      List<LineClient> crowd = new ArrayList<>();
      for (int i = 0; i < 1_100; i++) {
        crowd.add(server.connect());
      }
      Fence.gather(alice, crowd);
      assertThat(Figures.of(server).limited("max-per-address")).isZero();
      assertThat(Figures.of(server).limited("accept-rate-per-address")).isZero();
      crowd.forEach(LineClient::close);
    }
  }

  /** A server whose figures can be asked for. */
  private static ServerUnderTest start(String... options) {
    return new ServerLauncher().with(options).with("--web-port", "0").start();
  }

  /** The next line that is more than a probe whether somebody is in. */
  private static String hearBehindFences(LineClient client) {
    String line = client.hear();
    while (line.startsWith(Fence.PREFIX)) {
      line = client.hear();
    }
    return line;
  }

  /** A client that is in, once one of the places is free again. */
  private static LineClient comeIn(ServerUnderTest server, LineClient prober) {
    return await("a free place")
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(2))
        .until(
            () -> {
              LineClient guest = server.connect();
              if (guest.isLetIn(prober)) {
                return guest;
              }
              guest.close();
              return null;
            },
            guest -> guest != null);
  }
}
