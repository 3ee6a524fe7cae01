package io.linecast.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Several channels in one server. */
@BlackBox
class ChannelsIT {

  @Test
  void shouldMakeEachChannelAWorldOfItsOwn() {
    try (ServerUnderTest server =
            ServerUnderTest.start("--lines", "0=weather", "--lines", "0=traffic");
        LineClient main = server.connect();
        LineClient mainToo = server.connect();
        LineClient weather = server.connectTo("weather");
        LineClient weatherToo = server.connectTo("weather");
        LineClient traffic = server.connectTo("traffic");
        LineClient trafficToo = server.connectTo("traffic")) {
      gather(main, mainToo);
      gather(weather, weatherToo);
      gather(traffic, trafficToo);
      main.send("in main");
      weather.send("in weather");
      traffic.send("in traffic");
      assertThat(mainToo.hear()).isEqualTo("in main");
      assertThat(weatherToo.hear()).isEqualTo("in weather");
      assertThat(trafficToo.hear()).isEqualTo("in traffic");
      mainToo.send("back");
      assertThat(main.hear()).isEqualTo("back");
      assertThat(server.output()).contains("weather").contains("traffic");
    }
  }

  @Test
  void shouldNotLetASlowClientOfOneChannelTouchAnother() {
    try (ServerUnderTest server =
            ServerUnderTest.start("--lines", "0=other", "--slow", "stall", "--window", "1m");
        LineClient one = server.connectTo("other");
        LineClient two = server.connectTo("other");
        LineClient stuck = server.connectWithSmallBuffer();
        Crowd crowd = Crowd.joined(server, 2)) {
      Fence.gather(server, stuck);
      gather(one, two);
      Load load = new Load(crowd.members().subList(0, 1), 48_000, 1_000);
      load.sendAtOnce();
      await("the stall")
          .during(Duration.ofMillis(500))
          .until(new Unchanged(() -> crowd.member(1).transcript().count()));
      assertThat(crowd.member(0).hasSentAll()).as("sender has sent all").isFalse();
      one.send("untouched");
      assertThat(two.hear()).isEqualTo("untouched");
      two.send("both ways");
      assertThat(one.hear()).isEqualTo("both ways");
    }
  }

  private static void gather(LineClient prober, LineClient listener) {
    Fence.gather(prober, List.of(listener));
    Fence.gather(listener, List.of(prober));
  }
}
