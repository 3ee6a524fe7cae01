package io.linecast.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.linecast.load.Scenario.Preset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import picocli.CommandLine;

class ScenarioTest {

  @Test
  void shouldHaveEveryClientOfChatterSendTenLinesASecond() {
    Preset chatter = Scenario.CHATTER.preset();

    assertThat(chatter.senders(1, 1_000)).isEqualTo(1_000);
    assertThat(chatter.senders(1, 8_000)).isEqualTo(8_000);
    assertThat(chatter.linesPerSecond(1_000)).isEqualTo(10_000);
    assertThat(chatter.linesPerSecond(4_000)).isEqualTo(40_000);
  }

  @Test
  void shouldHaveEveryProcessOfSeedDoTheSame() {
    Preset seed = Scenario.SEED.preset();

    assertThat(seed.connections(2)).isEqualTo(2_000);
    assertThat(seed.senders(2, 2_000)).isEqualTo(2);
    assertThat(seed.linesPerSecond(2)).isEqualTo(20);
  }

  @Test
  void shouldLeaveTheRateOfTheOthersAlone() {
    assertThat(Scenario.STEADY.preset().linesPerSecond(7)).isEqualTo(1_000);
    assertThat(Scenario.STEADY.preset().senders(3, 1_000)).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(Scenario.class)
  void shouldTellInItsHelpWhatItDoes(Scenario scenario) {
    Preset preset = scenario.preset();
    int clients = preset.connections(preset.processes());
    int senders = preset.senders(preset.processes(), clients);
    List<Object> load = List.of(scenario.word(), clients, senders, preset.linesPerSecond(senders));
    List<Object> times = List.of(preset.lineBytes(), preset.seconds(), preset.warmupSeconds());
    List<Object> told = new ArrayList<>();
    switch (scenario) {
      case IDLE, STORM -> told.addAll(load.subList(0, 2));
      case PINGPONG -> {
        told.addAll(load.subList(0, 2));
        told.addAll(times);
      }
      case RESUME -> {
        told.addAll(load.subList(0, 2));
        told.add(preset.lineBytes());
      }
      case PUBLISH -> {
        told.addAll(List.of(scenario.word(), senders));
        told.addAll(times);
      }
      default -> {
        told.addAll(load);
        told.addAll(times);
        told.add(preset.processes());
      }
    }

    String row = told.stream().map(Object::toString).collect(Collectors.joining(" "));
    assertThat(new CommandLine(new BenchCommand()).getUsageMessage().lines())
        .map(line -> line.strip().replaceAll(" +", " "))
        .contains(row);
  }
}
