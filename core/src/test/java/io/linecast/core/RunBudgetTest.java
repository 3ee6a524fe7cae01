package io.linecast.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.linecast.core.Publisher.Use;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** How much all publishers of a channel remember together, and who forgets when it is too much. */
class RunBudgetTest {

  private static final int RUNS = 1 << 12;

  private final RunBudget budget = new RunBudget(RUNS);
  private final long[] highest = new long[2_000];
  private long line;

  @Test
  void shouldNeverTakeMoreThanThereIsHoweverPublishersInterleave() {
    Publisher[] all = publishers(100);
    for (int i = 0; i < 1_000; i++) {
      for (int who = 0; who < all.length; who++) {
        sendOne(all, who);
      }
      assertThat(budget.taken()).as("after %d lines of each", i).isLessThanOrEqualTo(RUNS);
    }
  }

  @Test
  void shouldGiveEveryoneTheSameWhereAllNeedMore() {
    Publisher[] all = publishers(100);
    for (int i = 0; i < 1_000; i++) {
      for (int who = 0; who < all.length; who++) {
        sendOne(all, who);
      }
    }

    int share = budget.share();
    assertThat(share).isGreaterThan(RUNS / 2 / all.length);
    for (Publisher each : all) {
      assertThat(each.useOf(1_000 - share + 1)).isEqualTo(Use.SENT);
      assertThat(each.useOf(1_000 - share)).isEqualTo(Use.FORGOTTEN);
      assertThat(each.highest()).isEqualTo(1_000);
    }
  }

  @Test
  void shouldTakeNothingFromWhoNeedsLittle() {
    Publisher[] all = publishers(101);
    for (int i = 0; i < 30; i++) {
      sendOne(all, 100);
      line++;
    }
    for (int i = 0; i < 1_000; i++) {
      for (int who = 0; who < 100; who++) {
        sendOne(all, who);
      }
    }

    assertThat(budget.share()).isEqualTo(32);
    assertThat(all[100].useOf(1)).isEqualTo(Use.SENT);
    assertThat(all[100].useOf(30)).isEqualTo(Use.SENT);
  }

  @Test
  void shouldCountNobodyWhoHasSentNothing() {
    Publisher[] all = publishers(2_000);
    for (int i = 0; i < RUNS / 4; i++) {
      sendOne(all, 0);
      sendOne(all, 1);
    }

    assertThat(all[0].useOf(1)).isEqualTo(Use.SENT);
    assertThat(all[1].useOf(1)).isEqualTo(Use.SENT);
  }

  @Test
  void shouldCountAsOneRunWhatOneSendsWithoutABreak() {
    Publisher[] all = publishers(1);
    for (int i = 0; i < 100_000; i++) {
      sendOne(all, 0);
    }

    assertThat(all[0].useOf(100_000 - Publisher.REMEMBERED_LINES + 1)).isEqualTo(Use.SENT);
    assertThat(budget.taken()).isLessThanOrEqualTo(4);
  }

  @Test
  void shouldNotCutAnybodyToLessThanTheLeastShare() {
    Publisher[] all = publishers(2_000);
    for (int i = 0; i < 100; i++) {
      for (int who = 0; who < all.length; who++) {
        sendOne(all, who);
      }
    }

    assertThat(budget.share()).isEqualTo(RunBudget.LEAST_SHARE);
    assertThat(budget.taken()).isEqualTo((long) all.length * RunBudget.LEAST_SHARE);
    for (Publisher each : all) {
      assertThat(each.useOf(100 - RunBudget.LEAST_SHARE + 1)).isEqualTo(Use.SENT);
    }
  }

  @Test
  void shouldLetThoseWhoStayRememberMoreWhenTheOthersHaveGone() {
    Publisher[] all = publishers(100);
    for (int i = 0; i < 100; i++) {
      for (int who = 0; who < all.length; who++) {
        sendOne(all, who);
      }
    }
    int before = budget.share();
    for (int who = 2; who < all.length; who++) {
      all[who].forget();
    }
    for (int i = 0; i < 1_000; i++) {
      sendOne(all, 0);
      sendOne(all, 1);
    }

    assertThat(before).isLessThan(100);
    assertThat(all[0].useOf(101)).isEqualTo(Use.SENT);
    assertThat(all[1].useOf(101)).isEqualTo(Use.SENT);
    assertThat(budget.taken()).isLessThanOrEqualTo(RUNS);
  }

  @Test
  void shouldHoldNoRoomThatIsNotNeededAnyMore() {
    Publisher[] all = publishers(1);
    for (int i = 0; i < RUNS / 2; i++) {
      sendOne(all, 0);
      line++;
    }
    assertThat(budget.taken()).isEqualTo(RUNS / 2);
    for (int i = 0; i < 2 * Publisher.REMEMBERED_LINES; i++) {
      sendOne(all, 0);
    }

    assertThat(budget.taken()).isLessThanOrEqualTo(16);
  }

  @Test
  void shouldForgetWithinABatchToo() {
    Publisher publisher = publishers(1)[0];
    long[] gaps = IntStream.range(0, 40_000).mapToLong(i -> 2L * i + 1).toArray();
    publisher.record(new Numbering(publisher, gaps), gaps.length, 1, 0);

    assertThat(budget.taken()).isLessThanOrEqualTo(RUNS);
    assertThat(publisher.useOf(79_999)).isEqualTo(Use.SENT);
    assertThat(publisher.lineOf(79_999)).isEqualTo(40_000);
    assertThat(publisher.useOf(1)).isEqualTo(Use.FORGOTTEN);
  }

  @Test
  void shouldRememberTheSameOfANumberOrNothingWhateverIsSent() {
    for (int seed = 0; seed < 20; seed++) {
      Random random = new Random(seed);
      RunBudget small = new RunBudget(64 + random.nextInt(500));
      Publisher[] some =
          Stream.generate(() -> new Publisher("", small)).limit(3).toArray(Publisher[]::new);
      long[][] lines = new long[3][2_000];
      long[] last = new long[3];
      for (long now = 1; now < 2_000; now++) {
        int who = random.nextInt(3);
        last[who] += 1 + random.nextInt(8) / 7;
        lines[who][(int) last[who]] = now;
        some[who].record(new Numbering(some[who], new long[] {last[who]}), 1, now, who);
      }
      for (int who = 0; who < 3; who++) {
        compare(some[who], lines[who], (int) last[who]);
      }
    }
  }

  private static void compare(Publisher publisher, long[] lines, int highest) {
    assertThat(publisher.useOf(highest)).isEqualTo(Use.SENT);
    boolean known = true;
    for (int number = highest; number >= 1; number--) {
      Use use = publisher.useOf(number);
      known &= use != Use.FORGOTTEN;
      assertThat(use)
          .as("number %d", number)
          .isEqualTo(!known ? Use.FORGOTTEN : lines[number] > 0 ? Use.SENT : Use.PASSED_OVER);
      if (use == Use.SENT) {
        assertThat(publisher.lineOf(number)).isEqualTo(lines[number]);
      }
    }
  }

  private Publisher[] publishers(int count) {
    return Stream.generate(() -> new Publisher("", budget)).limit(count).toArray(Publisher[]::new);
  }

  private void sendOne(Publisher[] all, int who) {
    all[who].record(new Numbering(all[who], new long[] {++highest[who]}), 1, ++line, 0);
  }
}
