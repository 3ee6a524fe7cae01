package io.linecast.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.linecast.core.CloseReason;
import io.linecast.server.web.WebClient;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class WebGuestsTest {

  private static final int SLICES = 4;

  private final WebGuests guests = new WebGuests(new Connections(100, () -> {}), SLICES);

  @Test
  void shouldCloseTheGuestWhoseMemoryCannotBeHadAndGoOn() {
    List<Guest> all = Stream.generate(Guest::new).limit(9).toList();
    all.forEach(guests::add);
    Guest faulty = all.get(4);

    guests.forEach(
        guest -> {
          if (guest == faulty) {
            throw new OutOfMemoryError("as a test wants it");
          }
          guest.shutDown();
        });

    assertThat(faulty.done).containsExactly("closed FAULT");
    assertThat(all)
        .filteredOn(guest -> guest != faulty)
        .allSatisfy(guest -> assertThat(guest.done).containsExactly("shut down"));
  }

  @Test
  void shouldVisitOnlySomeOfThemAtOnce() {
    List<Guest> all = Stream.generate(Guest::new).limit(3 * SLICES).toList();
    all.forEach(guests::add);

    guests.visitSlice(WebClient::tick);
    assertThat(all).filteredOn(guest -> !guest.done.isEmpty()).hasSize(3);

    for (int i = 1; i < SLICES; i++) {
      guests.visitSlice(WebClient::tick);
    }
    assertThat(all).allSatisfy(guest -> assertThat(guest.done).containsExactly("tick"));
  }

  private static final class Guest implements WebClient {
    private final List<String> done = new ArrayList<>();

    @Override
    public void tick() {
      done.add("tick");
    }

    @Override
    public void shutDown() {
      done.add("shut down");
    }

    @Override
    public void cutOff() {
      done.add("cut off");
    }

    @Override
    public void close(CloseReason reason) {
      done.add("closed " + reason);
    }
  }
}
