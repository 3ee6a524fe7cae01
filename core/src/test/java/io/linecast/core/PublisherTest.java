package io.linecast.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.linecast.core.Publisher.Use;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class PublisherTest {

  private final Publisher publisher = new Publisher("ann", new RunBudget());

  @Test
  void shouldKnowNoNumberAtFirst() {
    assertThat(publisher.highest()).isZero();
    assertThat(publisher.useOf(1)).isEqualTo(Use.NEW);
    assertThat(publisher.linesAfter(0)).isEmpty();
  }

  @Test
  void shouldKnowTheLineOfANumber() {
    record(41, 7, 8, 9);

    assertThat(publisher.useOf(8)).isEqualTo(Use.SENT);
    assertThat(publisher.lineOf(8)).isEqualTo(42);
    assertThat(publisher.othersOf(8)).isEqualTo(3);
    assertThat(publisher.highest()).isEqualTo(9);
  }

  @Test
  void shouldTellNewNumbersFromThosePassedOver() {
    record(1, 3, 5);

    assertThat(publisher.useOf(1)).isEqualTo(Use.PASSED_OVER);
    assertThat(publisher.useOf(4)).isEqualTo(Use.PASSED_OVER);
    assertThat(publisher.useOf(5)).isEqualTo(Use.SENT);
    assertThat(publisher.useOf(6)).isEqualTo(Use.NEW);
  }

  @Test
  void shouldNotTakeForPassedOverWhatTheJournalHasForgotten() {
    publisher.restore(new Journal.Sent("ann", 5, 41, 2));
    publisher.restore(new Journal.Sent("ann", 9, 45, 1));

    assertThat(publisher.useOf(4)).isEqualTo(Use.FORGOTTEN);
    assertThat(publisher.useOf(6)).isEqualTo(Use.SENT);
    assertThat(publisher.useOf(8)).isEqualTo(Use.PASSED_OVER);
    assertThat(publisher.useOf(10)).isEqualTo(Use.NEW);
  }

  @Test
  void shouldNotMergeRunsWhoseLinesDoNotFollow() {
    record(10, 1, 2);
    record(20, 3, 4);

    assertThat(publisher.lineOf(2)).isEqualTo(11);
    assertThat(publisher.lineOf(3)).isEqualTo(20);
    assertThat(publisher.linesAfter(0)).containsExactly(10, 12, 20, 22);
  }

  @Test
  void shouldMergeRunsThatFollowEachOther() {
    record(10, 1, 2);
    record(12, 3, 4);

    assertThat(publisher.lineOf(4)).isEqualTo(13);
    assertThat(publisher.linesAfter(0)).containsExactly(10, 14);
  }

  @Test
  void shouldKeepApartWhatWentToDifferentNumbersOfClients() {
    record(10, 1, 2);
    publisher.record(new Numbering(publisher, new long[] {3}), 1, 12, 8);

    assertThat(publisher.othersOf(2)).isEqualTo(3);
    assertThat(publisher.othersOf(3)).isEqualTo(8);
  }

  @Test
  void shouldTakeNoMoreNumbersThanThereAreLines() {
    publisher.record(new Numbering(publisher, new long[] {5, 6, 7, 0}), 2, 1, 0);

    assertThat(publisher.highest()).isEqualTo(6);
    assertThat(publisher.useOf(7)).isEqualTo(Use.NEW);
  }

  @Test
  void shouldRememberTenThousandLinesAtLeast() {
    for (int i = 1; i <= 30_000; i++) {
      record(2L * i, i);
    }

    long oldest = 30_000 - Publisher.REMEMBERED_LINES + 1;
    assertThat(publisher.useOf(oldest)).isEqualTo(Use.SENT);
    assertThat(publisher.lineOf(oldest)).isEqualTo(2 * oldest);
    assertThat(publisher.useOf(oldest - 1)).isEqualTo(Use.FORGOTTEN);
    assertThat(publisher.useOf(1)).isEqualTo(Use.FORGOTTEN);
  }

  @Test
  void shouldRememberTenThousandLinesOfRunsToo() {
    for (int i = 0; i < 100; i++) {
      record(1 + 800L * i, LongStream.rangeClosed(1 + 700L * i, 700L * (i + 1)).toArray());
      long last = 700L * (i + 1);
      long oldest = Math.max(1, last - Publisher.REMEMBERED_LINES + 1);
      assertThat(publisher.useOf(oldest)).isEqualTo(Use.SENT);
      assertThat(publisher.useOf(last)).isEqualTo(Use.SENT);
    }
    assertThat(publisher.useOf(1)).isEqualTo(Use.FORGOTTEN);
  }

  @Test
  void shouldForgetInTheMiddleOfAnEndlessRun() {
    for (int i = 1; i <= 100_000; i++) {
      record(i, i);
    }

    assertThat(publisher.useOf(100_000 - Publisher.REMEMBERED_LINES + 1)).isEqualTo(Use.SENT);
    assertThat(publisher.useOf(1)).isEqualTo(Use.FORGOTTEN);
  }

  @Test
  void shouldCallNothingForgottenWhileItKnowsEverything() {
    record(1, 1_000);

    assertThat(publisher.useOf(1)).isEqualTo(Use.PASSED_OVER);
  }

  @Test
  void shouldSayWhichLinesBehindALineAreItsOwn() {
    record(10, 1, 2, 3);
    record(20, 4);

    assertThat(publisher.linesAfter(9)).containsExactly(10, 13, 20, 21);
    assertThat(publisher.linesAfter(10)).containsExactly(11, 13, 20, 21);
    assertThat(publisher.linesAfter(12)).containsExactly(20, 21);
    assertThat(publisher.linesAfter(19)).containsExactly(20, 21);
    assertThat(publisher.linesAfter(20)).isEmpty();
  }

  @Test
  void shouldKnowWhatBecameOfEveryNumberWhateverIsSent() {
    for (int seed = 0; seed < 50; seed++) {
      compareWithMap(new Random(seed));
    }
  }

  private static void compareWithMap(Random random) {
    Publisher publisher = new Publisher("ben", new RunBudget());
    TreeMap<Long, Long> lines = new TreeMap<>();
    long number = 0;
    long line = 0;
    for (int i = 0; i < 100; i++) {
      long[] numbers = new long[1 + random.nextInt(5)];
      line += random.nextInt(2);
      for (int j = 0; j < numbers.length; j++) {
        number += 1 + random.nextInt(8) / 7;
        numbers[j] = number;
        lines.put(number, line + 1 + j);
      }
      publisher.record(new Numbering(publisher, numbers), numbers.length, line + 1, 1);
      line += numbers.length;
    }
    for (long n = 1; n <= number; n++) {
      Long its = lines.get(n);
      assertThat(publisher.useOf(n)).isEqualTo(its == null ? Use.PASSED_OVER : Use.SENT);
      if (its != null) {
        assertThat(publisher.lineOf(n)).isEqualTo(its);
      }
    }
    assertThat(linesOf(publisher)).containsExactlyElementsOf(lines.values());
  }

  private static Iterable<Long> linesOf(Publisher publisher) {
    long[] bounds = publisher.linesAfter(0);
    LongStream lines = LongStream.empty();
    for (int i = 0; i < bounds.length; i += 2) {
      lines = LongStream.concat(lines, LongStream.range(bounds[i], bounds[i + 1]));
    }
    return lines.boxed().toList();
  }

  private void record(long firstLine, long... numbers) {
    publisher.record(new Numbering(publisher, numbers), numbers.length, firstLine, 3);
  }
}
