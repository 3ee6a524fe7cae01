package io.linecast.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SequenceCheckTest {
  private final LineFindings findings = new LineFindings();
  private final SequenceCheck check = new SequenceCheck(3, findings);

  @Test
  void shouldFindNothingWrongWithLinesInOrder() {
    accept(1, 0, 1, 2, 3);
    accept(2, 0, 1);
    finish(0, 4, 2);

    assertThat(findings.isClean()).isTrue();
    assertThat(findings.verified()).isEqualTo(6);
  }

  @Test
  void shouldCountMissingLinesInBetween() {
    accept(1, 0, 1, 5, 6);
    finish(0, 7);

    assertThat(findings.missing()).isEqualTo(3);
  }

  @Test
  void shouldCountMissingLinesAtTheEnd() {
    accept(1, 0, 1);
    finish(0, 5);

    assertThat(findings.missing()).isEqualTo(3);
  }

  @Test
  void shouldCountALineThatCameAgain() {
    accept(1, 0, 1, 2, 1, 2);
    finish(0, 3);

    assertThat(findings.duplicated()).isEqualTo(2);
    assertThat(findings.verified()).isEqualTo(3);
    assertThat(findings.missing()).isZero();
  }

  @Test
  void shouldTellALateLineFromOneThatCameAgain() {
    accept(1, 0, 4, 2, 2, 1);
    finish(0, 5);

    assertThat(findings.reordered()).isEqualTo(2);
    assertThat(findings.duplicated()).isEqualTo(1);
    assertThat(findings.missing()).isEqualTo(1);
  }

  @Test
  void shouldKeepTheSendersApart() {
    accept(0, 0, 3);
    accept(1, 0, 1, 1);
    finish(4, 2);

    assertThat(findings.missing()).isEqualTo(2);
    assertThat(findings.duplicated()).isEqualTo(1);
    assertThat(findings.reordered()).isZero();
  }

  private void accept(int sender, int... sequences) {
    for (int sequence : sequences) {
      check.accept(sender, sequence);
    }
  }

  private void finish(long... linesBySender) {
    for (int sender = 0; sender < linesBySender.length; sender++) {
      check.finishSender(sender, linesBySender[sender]);
    }
    check.finishGaps();
  }
}
