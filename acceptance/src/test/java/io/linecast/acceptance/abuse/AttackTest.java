package io.linecast.acceptance.abuse;

import static org.assertj.core.api.Assertions.assertThat;

import io.linecast.acceptance.abuse.Attack.Expected;
import io.linecast.acceptance.abuse.Outcome.Ending;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class AttackTest {

  @Test
  void shouldNotTakeALeavingOfItsOwnForBeingClosed() {
    assertThat(objects(attack(Expected.CLOSED), outcome("", Ending.LEFT))).isTrue();
    assertThat(objects(attack(Expected.LEFT), outcome("", Ending.LEFT))).isFalse();
  }

  @Test
  void shouldJudgeEachConnectionAndNotTheLastOnly() {
    Outcome open = outcome("", Ending.OPEN);
    Outcome closed = outcome("", Ending.CLOSED);
    assertThat(objects(attack(Expected.CLOSED), open, closed, closed)).isTrue();
    assertThat(objects(attack(Expected.CLOSED), closed, closed)).isFalse();
    assertThat(objects(attack(Expected.THINNED), closed, open)).isFalse();
    assertThat(objects(attack(Expected.THINNED), open, open)).isTrue();
    assertThat(objects(attack(Expected.THINNED), closed, closed)).isTrue();
  }

  @Test
  void shouldWantToBeToldWhatWasToBeTold() {
    Attack told = Attack.told("", "no auth", door -> List.of());
    assertThat(objects(told, outcome("no auth", Ending.CLOSED))).isFalse();
    assertThat(objects(told, outcome("no channel", Ending.CLOSED))).isTrue();
    assertThat(objects(told, outcome("no auth", Ending.OPEN))).isTrue();
  }

  private static Attack attack(Expected expected) {
    return new Attack("", expected, door -> List.of());
  }

  private static boolean objects(Attack attack, Outcome... outcomes) {
    return attack.objection(List.of(outcomes)).isPresent();
  }

  private static Outcome outcome(String answer, Ending ending) {
    return new Outcome(answer, ending, Duration.ZERO);
  }
}
