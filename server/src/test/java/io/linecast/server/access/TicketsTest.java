package io.linecast.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TicketsTest {

  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5); // clocks overflow
  private final Tickets tickets = new Tickets(nanos::get);
  private final Identity ann = new Identity("ann", Rights.NONE);

  private String issue(Identity identity) {
    return tickets.issue(identity).orElseThrow();
  }

  private void issueAll(Identity identity) {
    int issued = 0;
    while (tickets.issue(identity).isPresent()) {
      assertThat(++issued).isLessThan(20_000);
    }
  }

  @Test
  void shouldBeGoodOnce() {
    String ticket = issue(ann);
    assertThat(tickets.redeem(ticket)).containsSame(ann);
    assertThat(tickets.redeem(ticket)).isEmpty();
  }

  @Test
  void shouldBeGoodForAShortTime() {
    String ticket = issue(ann);
    String other = issue(ann);
    nanos.addAndGet(Tickets.LIFE.minusNanos(1).toNanos());
    assertThat(tickets.redeem(ticket)).containsSame(ann);
    nanos.addAndGet(1);
    assertThat(tickets.redeem(other)).isEmpty();
  }

  @Test
  void shouldBeNobodysOnceTheTokenIsGone() {
    String ticket = issue(ann);
    ann.revoke();
    assertThat(tickets.redeem(ticket)).isEmpty();
  }

  @Test
  void shouldBeLongRandomAndNeverTheSame() {
    Set<String> all = new HashSet<>();
    for (int i = 0; i < 50; i++) {
      String ticket = issue(ann);
      assertThat(ticket).matches("[A-Za-z0-9_-]{43}");
      all.add(ticket);
    }
    assertThat(all).hasSize(50);
    assertThat(tickets.redeem("")).isEmpty();
    assertThat(tickets.redeem("x".repeat(43))).isEmpty();
  }

  @Test
  void shouldBeBoundedForEach() {
    Identity bob = new Identity("bob", Rights.NONE);
    issueAll(ann);
    assertThat(tickets.issue(bob)).as("another's are not used up").isPresent();
    nanos.addAndGet(Duration.ofSeconds(31).toNanos());
    assertThat(tickets.issue(ann)).as("what has ended makes room").isPresent();
  }

  /** However many there are of those who take all they can get. */
  @Test
  void shouldTakeTheOldestOfWhoHasMostWhenThereAreTooManyInAll() {
    String early = issue(ann);
    List<String> first = new ArrayList<>();
    for (int greedy = 0; greedy < 300; greedy++) {
      Identity one = new Identity("greedy-" + greedy, Rights.NONE);
      first.add(issue(one));
      for (int more = 0; more < 49; more++) {
        tickets.issue(one);
      }
    }
    String late = issue(ann);
    assertThat(tickets.redeem(early)).containsSame(ann);
    assertThat(tickets.redeem(late)).containsSame(ann);
    assertThat(first.stream().filter(ticket -> tickets.redeem(ticket).isPresent()))
        .as("the oldest of those who had most")
        .hasSizeLessThan(200);
  }

  @Test
  void shouldMakeRoomByUse() {
    String ticket = issue(ann);
    issueAll(ann);
    tickets.redeem(ticket);
    assertThat(tickets.issue(ann)).isPresent();
  }
}
