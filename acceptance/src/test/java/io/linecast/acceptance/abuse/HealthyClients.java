package io.linecast.acceptance.abuse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * Those who do nothing wrong: one sends numbered lines, some hundred a second, on a line port;
 * others hear them on every wire. Each number has to come, once, in order. Threads of their own.
 */
final class HealthyClients implements AutoCloseable {

  private static final long NANOS_BETWEEN_LINES = 2_000_000;
  private static final int LINES_BETWEEN_SIGNS = 1_000;
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final String PREFIX = "healthy ";

  /** A wire on which lines are heard: how a connection asks for them, and says that it lives. */
  record Wire(String name, Socket socket, String request, String alive) {

    void say(String chars) throws IOException {
      socket.getOutputStream().write(chars.getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
    }
  }

  /** One who listens; numbers stand in its bytes whatever the wire puts around them. */
  private static final class Listener implements Runnable {
    private final Wire wire;
    private volatile long heard;
    private volatile boolean answered;
    private volatile String trouble = "";
    private long number = -1;
    private int matched;

    Listener(Wire wire) {
      this.wire = wire;
    }

    @Override
    public void run() {
      byte[] bytes = new byte[64 << 10];
      try {
        wire.say(wire.request());
        InputStream input = wire.socket().getInputStream();
        for (int read = input.read(bytes); read >= 0; read = input.read(bytes)) {
          answered = true;
          for (int i = 0; i < read; i++) {
            look(bytes[i]);
          }
        }
        trouble = trouble.isEmpty() ? "closed by the server" : trouble;
      } catch (IOException e) {
        trouble = trouble.isEmpty() ? e.toString() : trouble;
      }
    }

    boolean asksNothing() {
      return wire.request().isEmpty();
    }

    private void look(byte next) {
      if (number >= 0) {
        if (next >= '0' && next <= '9') {
          number = number * 10 + next - '0';
        } else {
          onNumber(number);
          number = -1;
          matched = 0;
        }
      } else if (next == PREFIX.charAt(matched)) {
        if (++matched == PREFIX.length()) {
          number = 0;
        }
      } else {
        matched = next == PREFIX.charAt(0) ? 1 : 0;
      }
    }

    private void onNumber(long line) {
      if (heard != 0 && line != heard + 1 && trouble.isEmpty()) {
        trouble = "heard " + line + " behind " + heard;
      }
      heard = line;
    }
  }

  private final Socket sender;
  private final List<Listener> listeners = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private final AtomicBoolean ending = new AtomicBoolean();
  private volatile long sent;
  private volatile long longestNanos;

  /** Has them begin. */
  HealthyClients(Socket sender, List<Wire> wires) {
    this.sender = sender;
    for (Wire wire : wires) {
      Listener listener = new Listener(wire);
      listeners.add(listener);
      threads.add(Thread.ofPlatform().daemon().name("healthy-" + wire.name()).start(listener));
    }
    // Who asks for a wire hears nothing for a moment, if lines have begun.
    await("answers to what was asked for")
        .atMost(PATIENCE)
        .until(() -> listeners.stream().allMatch(its -> its.answered || its.asksNothing()));
    threads.add(Thread.ofPlatform().daemon().name("healthy-sender").start(this::send));
    threads.add(Thread.ofPlatform().daemon().name("healthy-reader").start(this::readOthers));
    await("all to hear the sender")
        .atMost(PATIENCE)
        .until(() -> listeners.stream().allMatch(its -> its.heard > 0 || !its.trouble.isEmpty()));
    assertUnharmed();
  }

  /** Who sends hears the others, and has to read that. */
  private void readOthers() {
    try {
      sender.getInputStream().transferTo(OutputStream.nullOutputStream());
    } catch (IOException closed) {
      // Then sending ends as well, which is told.
    }
  }

  private void send() {
    try {
      OutputStream output = sender.getOutputStream();
      while (!ending.get()) {
        long next = sent + 1;
        output.write((PREFIX + next + ";\n").getBytes(StandardCharsets.US_ASCII));
        output.flush();
        sent = next;
        LockSupport.parkNanos(NANOS_BETWEEN_LINES);
        noteWait();
        if (next % LINES_BETWEEN_SIGNS == 0) {
          for (Listener listener : listeners) {
            listener.wire.say(listener.wire.alive());
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How far the slowest of them is behind: each line that is missing stands for its interval. */
  private void noteWait() {
    long behind = listeners.stream().mapToLong(its -> sent - its.heard).max().orElse(0);
    longestNanos = Math.max(longestNanos, behind * NANOS_BETWEEN_LINES);
  }

  /** How many lines have been sent. */
  long sent() {
    return sent;
  }

  /** The longest that any of them was behind since this was last asked, as a lower bound. */
  Duration longestWait() {
    long was = longestNanos;
    longestNanos = 0;
    return Duration.ofNanos(was);
  }

  /** That all hear whatever has been sent until now. */
  void assertUnharmed() {
    long last = sent;
    for (Listener listener : listeners) {
      await("line " + last + " on " + listener.wire.name())
          .atMost(PATIENCE)
          .pollInterval(Duration.ofMillis(5))
          .until(() -> listener.heard >= last || !listener.trouble.isEmpty());
      assertThat(listener.trouble).as("trouble on %s", listener.wire.name()).isEmpty();
    }
  }

  /** How many listen. */
  int count() {
    return listeners.size();
  }

  @Override
  public void close() throws IOException {
    ending.set(true);
    for (Listener listener : listeners) {
      listener.wire.socket().close();
    }
    sender.close();
  }
}
