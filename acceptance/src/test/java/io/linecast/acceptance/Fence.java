package io.linecast.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A line that is sent only to see it heard. A connection is made before the server knows of it, so
 * that a client hears lines for sure only once it has heard one; and what came before a fence has
 * been heard when the fence is.
 */
public final class Fence {
  static final String PREFIX = "fence ";
  static final Duration ATTEMPT = Duration.ofMillis(100);

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final AtomicInteger LAST = new AtomicInteger();

  private Fence() {}

  static int next() {
    return LAST.incrementAndGet();
  }

  static String line(int number) {
    return PREFIX + number;
  }

  /** Waits until each of them hears what is sent, and has heard all that this took. */
  public static void gather(ServerUnderTest server, Attendee... attendees) {
    gather(server, List.of(attendees));
  }

  /** Waits until each of them hears what is sent, and has heard all that this took. */
  public static void gather(ServerUnderTest server, Collection<? extends Attendee> attendees) {
    try (LineClient prober = server.connect()) {
      gather(prober, attendees);
      prober.leave();
    }
  }

  /** The same, with the fences sent by a client that stays. */
  public static void gather(LineClient prober, Collection<? extends Attendee> attendees) {
    int first = next();
    prober.send(line(first));
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    for (Attendee attendee : attendees) {
      while (!attendee.hearsFence(first, ATTEMPT)) {
        if (System.nanoTime() > deadline) {
          fail("%s does not hear what %s sends", attendee, prober);
        }
        prober.send(line(next()));
      }
    }
    int last = next();
    prober.send(line(last));
    for (Attendee attendee : attendees) {
      assertThat(attendee.hearsFence(last, PATIENCE)).as("%s hears %s", attendee, prober).isTrue();
    }
  }
}
