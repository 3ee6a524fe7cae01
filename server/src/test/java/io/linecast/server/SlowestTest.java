package io.linecast.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.linecast.core.Lag;
import io.linecast.server.Slowest.Late;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SlowestTest {

  private final Slowest<String> slowest = new Slowest<>();

  @Test
  void shouldKeepTheTwentyFurthestBehindTheLatestFirstInWhateverOrderTheyCome() {
    List<Integer> lags = new ArrayList<>(IntStream.rangeClosed(1, 1_000).boxed().toList());
    Collections.shuffle(lags, new Random(1));
    lags.forEach(bytes -> slowest.add("client " + bytes, new Lag(1, bytes, 0)));

    assertThat(slowest.list())
        .extracting(Late::client)
        .containsExactlyElementsOf(
            IntStream.range(0, 20).mapToObj(i -> "client " + (1_000 - i)).toList());
  }

  @Test
  void shouldLeaveOutWhoIsNotLate() {
    slowest.add("in time", new Lag(0, 0, 0));

    assertThat(slowest.list()).isEmpty();
  }

  @Test
  void shouldKeepWhoIsOwedALineThoughItsCursorIsAtTheHead() {
    slowest.add("owed", new Lag(1, 0, 5));

    assertThat(slowest.list()).extracting(Late::client).containsExactly("owed");
  }

  @Test
  void shouldPutWhoMissesMoreLinesFirstAtEqualBytes() {
    slowest.add("two", new Lag(2, 100, 0));
    slowest.add("three", new Lag(3, 100, 0));

    assertThat(slowest.list()).extracting(Late::client).containsExactly("three", "two");
  }
}
