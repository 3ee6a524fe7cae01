package io.linecast.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.linecast.server.Silence.Due;
import io.linecast.server.Silence.Tick;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SilenceTest {

  private static final Tick NOTHING_EITHER_WAY = new Tick(false, true, false, false);
  private static final Tick HEARS_AND_SAYS_NOTHING = new Tick(false, true, true, false);
  private static final Tick SAYS_AND_HEARS_NOTHING = new Tick(true, true, false, false);
  private static final Tick TALKS = new Tick(true, true, true, false);
  private static final Tick CANNOT_BE_HEARD = new Tick(false, false, false, false);
  private static final Tick READS_A_FULL_SOCKET = new Tick(false, true, true, true);
  private static final Tick READS_NOTHING = new Tick(false, true, false, true);
  private static final Tick CANNOT_BE_HEARD_AND_READS_NOTHING = new Tick(false, false, false, true);
  private static final Tick TALKS_AND_READS_NOTHING = new Tick(true, true, false, true);

  private final Silence silence = new Silence();

  @Test
  void shouldAskASilentClientTwiceAndThenGiveItUp() {
    List<Due> due = dueAfter(HEARS_AND_SAYS_NOTHING, 3 * Silence.TICKS);

    assertThat(heartbeatsWith(Due.PING, due)).containsExactly(1, 2);
    assertThat(due).last().isEqualTo(Due.BYE_UNANSWERED);
    assertThat(due).filteredOn(Due.BYE_UNANSWERED::equals).hasSize(1);
  }

  @Test
  void shouldAskAnewAfterAWord() {
    dueAfter(HEARS_AND_SAYS_NOTHING, 3 * Silence.TICKS - 1);
    dueAfter(TALKS, 1);

    List<Due> due = dueAfter(HEARS_AND_SAYS_NOTHING, 3 * Silence.TICKS);

    assertThat(heartbeatsWith(Due.PING, due)).containsExactly(1, 2);
    assertThat(due).last().isEqualTo(Due.BYE_UNANSWERED);
  }

  @Test
  void shouldSayNothingWhileBothTalk() {
    assertThat(dueAfter(TALKS, 10 * Silence.TICKS)).containsOnly(Due.NOTHING);
  }

  @Test
  void shouldNotLetAClientThatTalksHearNothing() {
    List<Due> due = withPingsSaid(SAYS_AND_HEARS_NOTHING, 20 * Silence.TICKS);

    assertThat(longestWithoutPing(due)).isLessThanOrEqualTo(Silence.TICKS + 1);
    assertThat(due).doesNotContain(Due.BYE_UNANSWERED);
  }

  @Test
  void shouldNotLetAClientHearNothingThatIsNotHeardEither() {
    List<Due> due = withPingsSaid(CANNOT_BE_HEARD, 20 * Silence.TICKS);

    assertThat(longestWithoutPing(due)).isLessThanOrEqualTo(Silence.TICKS + 1);
    assertThat(due).as("it could not have answered").doesNotContain(Due.BYE_UNANSWERED);
  }

  @Test
  void shouldNotAddToWhatWaitsForRoom() {
    assertThat(dueAfter(TALKS_AND_READS_NOTHING, 20 * Silence.TICKS)).containsOnly(Due.NOTHING);
    assertThat(dueAfter(READS_A_FULL_SOCKET, 20 * Silence.TICKS)).containsOnly(Due.NOTHING);
  }

  @Test
  void shouldTakeItForAWordThatAFullSocketHasRoomAgain() {
    List<Due> due = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      due.addAll(dueAfter(READS_NOTHING, 3 * Silence.TICKS - 2));
      due.addAll(dueAfter(READS_A_FULL_SOCKET, 1));
    }

    assertThat(due).containsOnly(Due.NOTHING);
  }

  @Test
  void shouldCountFromTheMomentThatEverythingHasLeft() {
    dueAfter(READS_A_FULL_SOCKET, 20 * Silence.TICKS);

    List<Due> due = dueAfter(HEARS_AND_SAYS_NOTHING, 1 + 3 * Silence.TICKS);

    assertThat(heartbeatsWith(Due.PING, due.subList(1, due.size()))).containsExactly(1, 2);
    assertThat(due).last().isEqualTo(Due.BYE_UNANSWERED);
  }

  @Test
  void shouldGiveAClientUpThatReadsNothingThoughItCannotBeHeard() {
    dueAfter(CANNOT_BE_HEARD, 20 * Silence.TICKS);

    List<Due> due = dueAfter(CANNOT_BE_HEARD_AND_READS_NOTHING, 1 + 3 * Silence.TICKS);

    assertThat(due).last().isEqualTo(Due.BYE_UNREAD);
    assertThat(due.subList(0, due.size() - 1)).doesNotContain(Due.BYE_UNREAD, Due.BYE_UNANSWERED);
  }

  @Test
  void shouldAskOnceWhereNothingIsSaidEitherWay() {
    List<Due> due = withPingsSaid(NOTHING_EITHER_WAY, 3 * Silence.TICKS);

    assertThat(due).last().isEqualTo(Due.BYE_UNANSWERED);
    assertThat(due).filteredOn(Due.PING::equals).hasSize(Silence.PINGS_MAX);
  }

  @Test
  void shouldCountFromTheMomentThatItCanBeHeardAgain() {
    dueAfter(CANNOT_BE_HEARD, 20 * Silence.TICKS);

    List<Due> due = dueAfter(HEARS_AND_SAYS_NOTHING, 3 * Silence.TICKS - 1);

    assertThat(due).doesNotContain(Due.BYE_UNANSWERED);
  }

  private List<Due> dueAfter(Tick tick, int times) {
    return Stream.generate(() -> silence.after(tick)).limit(times).toList();
  }

  /** The same; but a {@code PING} is something said. */
  private List<Due> withPingsSaid(Tick tick, int times) {
    Tick pinged = new Tick(tick.heard(), tick.canAnswer(), true, tick.full());
    List<Due> due = new ArrayList<>();
    while (due.size() < times) {
      boolean said = !due.isEmpty() && due.getLast() == Due.PING;
      due.add(silence.after(said ? pinged : tick));
    }
    return due;
  }

  private static List<Integer> heartbeatsWith(Due what, List<Due> due) {
    List<Integer> heartbeats = new ArrayList<>();
    for (int tick = 1; tick <= due.size(); tick++) {
      if (due.get(tick - 1) == what) {
        assertThat(tick % Silence.TICKS).as("tick %d in its heartbeat", tick).isZero();
        heartbeats.add(tick / Silence.TICKS);
      }
    }
    return heartbeats;
  }

  private static int longestWithoutPing(List<Due> due) {
    int longest = 0;
    int last = -1;
    for (int i = 0; i <= due.size(); i++) {
      if (i == due.size() || due.get(i) == Due.PING) {
        longest = Math.max(longest, i - last);
        last = i;
      }
    }
    return longest;
  }
}
