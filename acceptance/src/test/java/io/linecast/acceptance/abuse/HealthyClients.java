package io.linecast.acceptance.abuse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Those who do nothing wrong: one sends numbered lines, some hundred a second, on a line port;
 * others hear them on every wire. Threads of their own.
 */
final class HealthyClients implements AutoCloseable {

  private static final long NANOS_BETWEEN_LINES = 2_000_000;
  private static final int LINES_BETWEEN_SIGNS = 1_000;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** So many have to be sent and heard for the sender to be taken for one who goes on. */
  private static final int LINES_AFTER = 10;

  private final Socket sender;
  private final List<HealthyListener> listeners = new ArrayList<>();
  private final AtomicBoolean ending = new AtomicBoolean();
  private final AtomicLong longestNanos = new AtomicLong();
  private volatile long sent;
  private volatile String senderTrouble = "";

  /** When the last lines were sent, each at its number's place; the sender's own. */
  private final long[] sentNanos = new long[1 << 14];

  /** Has them begin. */
  HealthyClients(Socket sender, List<HealthyListener.Wire> wires) {
    this.sender = sender;
    for (HealthyListener.Wire wire : wires) {
      HealthyListener listener = new HealthyListener(wire);
      listeners.add(listener);
      Thread.ofPlatform().daemon().name("healthy-" + wire.name()).start(listener);
    }
    // Who asks for a wire hears nothing for a moment, if lines have begun.
    await("answers to what was asked for")
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(unanswered()).isEmpty());
    Thread.ofPlatform().daemon().name("healthy-sender").start(this::send);
    Thread.ofPlatform().daemon().name("healthy-reader").start(this::readOthers);
    await("all to hear the sender")
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(deaf()).isEmpty());
    assertUnharmed();
    longestWait();
  }

  /** Who has asked for a wire and hears nothing yet, and what has become of it. */
  private List<String> unanswered() {
    return listeners.stream()
        .filter(its -> !its.isListening())
        .map(its -> its.wire().name() + ": " + its.trouble())
        .toList();
  }

  /** Who hears no lines, though nothing has happened to it. */
  private List<String> deaf() {
    return listeners.stream()
        .filter(its -> its.heard() == 0 && its.trouble().isEmpty())
        .map(its -> its.wire().name())
        .toList();
  }

  /** Who sends hears the others, and has to read that. */
  private void readOthers() {
    try {
      sender.getInputStream().transferTo(OutputStream.nullOutputStream());
      noteTrouble("closed by the server");
    } catch (IOException e) {
      noteTrouble(e.toString());
    }
  }

  private void send() {
    try {
      OutputStream output = sender.getOutputStream();
      long last = System.nanoTime();
      while (!ending.get()) {
        long next = sent + 1;
        output.write((HealthyListener.PREFIX + next + ";\n").getBytes(StandardCharsets.US_ASCII));
        output.flush();
        long now = System.nanoTime();
        sentNanos[place(next)] = now;
        sent = next;
        noteWait(now - last); // what kept it from sending
        last = now;
        LockSupport.parkNanos(NANOS_BETWEEN_LINES);
        noteSlowest();
        if (next % LINES_BETWEEN_SIGNS == 0) {
          for (HealthyListener listener : listeners) {
            listener.wire().say(listener.wire().alive());
          }
        }
      }
    } catch (IOException e) {
      noteTrouble(e.toString());
    }
  }

  private void noteTrouble(String what) {
    if (senderTrouble.isEmpty() && !ending.get()) {
      senderTrouble = what;
    }
  }

  /** For how long the slowest of them has not heard a line that is sent. */
  private void noteSlowest() {
    long now = System.nanoTime();
    long heard = listeners.stream().mapToLong(HealthyListener::heard).min().orElse(sent);
    if (heard < sent) {
      long oldest = Math.max(heard + 1, sent - sentNanos.length + 1);
      noteWait(now - sentNanos[place(oldest)]);
    }
  }

  private int place(long line) {
    return (int) (line % sentNanos.length);
  }

  private void noteWait(long nanos) {
    longestNanos.accumulateAndGet(nanos, Math::max);
  }

  /** How many lines have been sent. */
  long sent() {
    return sent;
  }

  /**
   * The longest that any of them waited for a line, or to send one, since this was last asked: of
   * those whose waiting is over, and of those who wait still.
   */
  Duration longestWait() {
    return Duration.ofNanos(longestNanos.getAndSet(0));
  }

  /**
   * That the sender goes on, and all hear whatever it has sent until now, and what it sends now.
   */
  void assertUnharmed() {
    long last = sent + LINES_AFTER;
    await("the sender to go on")
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(5))
        .until(() -> sent >= last || !senderTrouble.isEmpty());
    assertThat(senderTrouble).as("trouble of the sender").isEmpty();
    for (HealthyListener listener : listeners) {
      await("line " + last + " on " + listener.wire().name())
          .atMost(PATIENCE)
          .pollInterval(Duration.ofMillis(5))
          .until(() -> listener.heard() >= last || !listener.trouble().isEmpty());
      assertThat(listener.trouble()).as("trouble on %s", listener.wire().name()).isEmpty();
    }
  }

  /** How many listen. */
  int count() {
    return listeners.size();
  }

  @Override
  public void close() throws IOException {
    ending.set(true);
    for (HealthyListener listener : listeners) {
      listener.wire().socket().close();
    }
    sender.close();
  }
}
