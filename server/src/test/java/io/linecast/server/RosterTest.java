package io.linecast.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.linecast.core.CloseReason;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RosterTest {

  private static final int SLICES = 8;

  private final Roster<FakeClient> roster = new Roster<>(SLICES, FakeClient::close);
  private final List<FakeClient> visited = new ArrayList<>();

  @Test
  void shouldVisitEverybodyOnceInARound() {
    List<FakeClient> clients = add(100);

    goRound();

    assertThat(visited).containsExactlyInAnyOrderElementsOf(clients);
  }

  @Test
  void shouldVisitNoMoreThanAShareAtOnce() {
    add(100);
    for (int i = 0; i < SLICES; i++) {
      visited.clear();
      roster.visitSlice(visited::add);
      assertThat(visited).hasSizeBetween(100 / SLICES, 100 / SLICES + 1);
    }
  }

  @Test
  void shouldFillTheGapsOfThoseWhoHaveLeft() {
    List<FakeClient> clients = add(100);
    clients.subList(0, 50).forEach(roster::remove);
    add(50);

    for (int i = 0; i < SLICES; i++) {
      visited.clear();
      roster.visitSlice(visited::add);
      assertThat(visited).hasSizeBetween(100 / SLICES, 100 / SLICES + 1);
    }
    assertThat(roster.all()).hasSize(100).doesNotContainAnyElementsOf(clients.subList(0, 50));
  }

  @Test
  void shouldLetClientsLeaveAndComeWhileItVisits() {
    add(20);

    for (int i = 0; i < SLICES; i++) {
      roster.visitSlice(
          client -> {
            visited.add(client);
            roster.remove(client);
            roster.add(new FakeClient());
          });
    }

    assertThat(visited).doesNotHaveDuplicates();
    assertThat(roster.all()).hasSize(20).doesNotContainAnyElementsOf(new HashSet<>(visited));
  }

  @Test
  void shouldGoOnAfterAClientsFault() {
    List<FakeClient> clients = add(3 * SLICES);
    FakeClient faulty = clients.get(SLICES);

    for (int i = 0; i < SLICES; i++) {
      roster.visitSlice(
          client -> {
            if (client == faulty) {
              throw new IllegalStateException("as a test wants it");
            }
            visited.add(client);
          });
    }

    assertThat(faulty.closed()).containsExactly(CloseReason.FAULT);
    assertThat(visited).hasSize(3 * SLICES - 1).doesNotContain(faulty);
  }

  @Test
  void shouldVisitAllAtOnceAndGoOnAfterAnErrorOfOne() {
    List<FakeClient> clients = add(3 * SLICES);
    FakeClient faulty = clients.get(SLICES);

    roster.visitAll(
        client -> {
          if (client == faulty) {
            throw new OutOfMemoryError("as a test wants it");
          }
          visited.add(client);
        });

    assertThat(faulty.closed()).containsExactly(CloseReason.FAULT);
    assertThat(visited).hasSize(3 * SLICES - 1).doesNotContain(faulty);
  }

  private List<FakeClient> add(int count) {
    List<FakeClient> clients = Stream.generate(FakeClient::new).limit(count).toList();
    clients.forEach(roster::add);
    return clients;
  }

  private void goRound() {
    for (int i = 0; i < SLICES; i++) {
      roster.visitSlice(visited::add);
    }
  }
}
