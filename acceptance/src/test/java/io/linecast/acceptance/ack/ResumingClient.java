package io.linecast.acceptance.ack;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.linecast.acceptance.ack.Event.Bye;
import io.linecast.acceptance.ack.Event.Fail;
import io.linecast.acceptance.ack.Event.Gap;
import io.linecast.acceptance.ack.Event.Line;
import io.linecast.acceptance.ack.Event.Ping;
import io.linecast.acceptance.ack.Event.Sent;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The least that a client has to do to lose nothing and to double nothing: it repeats under its
 * publisher's name what is unanswered, and goes on hearing behind the last line heard. One thread
 * of its own reads and connects; what it shares with those who send is locked by itself.
 */
final class ResumingClient implements Survivor {
  private static final Duration SILENCE = Duration.ofMillis(150);

  private final InetSocketAddress address;
  private final String name;
  private final Random random;
  private final Thread thread;
  private final NavigableMap<Long, Unanswered> unanswered = new TreeMap<>();
  private final List<Line> heard = new ArrayList<>();
  private final List<String> troubles = new ArrayList<>();
  private long lastNumber;
  private long lastHeard;
  private String epoch;
  private @Nullable Wire ready;
  private boolean closed;

  private record Unanswered(String text, CompletableFuture<Long> seq) {}

  /**
   * Begins to hear and to connect.
   *
   * @param from the first line that it hears
   */
  ResumingClient(InetSocketAddress address, String name, long from, String epoch, long seed) {
    this.address = address;
    this.name = name;
    this.epoch = epoch;
    lastHeard = from - 1;
    random = new Random(seed);
    thread = Thread.ofVirtual().name(name).start(this::run);
  }

  @Override
  public synchronized CompletableFuture<Long> send(String text) {
    lastNumber++;
    Unanswered line = new Unanswered(text, new CompletableFuture<>());
    unanswered.put(lastNumber, line);
    if (ready != null) {
      try {
        ready.write(send(lastNumber, text).getBytes(ISO_8859_1));
      } catch (IOException lost) {
        ready = null; // The reader will notice, and repeat it.
      }
    }
    return line.seq();
  }

  @Override
  public synchronized List<Line> heard() {
    return List.copyOf(heard);
  }

  @Override
  public synchronized long lastHeard() {
    return lastHeard;
  }

  @Override
  public synchronized List<String> troubles() {
    return List.copyOf(troubles);
  }

  @Override
  public void close() {
    synchronized (this) {
      closed = true;
    }
    thread.interrupt();
  }

  private void run() {
    while (!isClosed()) {
      try (Wire wire = Wire.connect(address)) {
        serve(wire);
      } catch (IOException lost) {
        begin(null, "");
      } catch (AssertionError nonsense) {
        trouble("nonsense from the server: " + nonsense.getMessage());
        return;
      }
    }
  }

  private void serve(Wire wire) throws IOException {
    String nonce = AckClient.nonce();
    boolean eager = random.nextBoolean();
    String hello = hello(nonce);
    if (eager) {
      begin(wire, hello);
    } else {
      wire.write(hello.getBytes(ISO_8859_1));
    }
    awaitAnswer(wire, nonce);
    if (!eager) {
      begin(wire, "");
    }
    while (!isClosed()) {
      take(Event.parse(read(wire)));
    }
  }

  private synchronized String hello(String nonce) {
    return "LINECAST/1 %s from=%d epoch=%s publisher=%s\n"
        .formatted(nonce, lastHeard + 1, epoch, name);
  }

  /** From here on a connection carries what is sent, and first what is unanswered. */
  private synchronized void begin(@Nullable Wire wire, String hello) {
    ready = null;
    if (wire == null) {
      return;
    }
    StringBuilder lines = new StringBuilder(hello);
    unanswered.forEach((n, line) -> lines.append(send(n, line.text())));
    try {
      wire.write(lines.toString().getBytes(ISO_8859_1));
      ready = wire;
    } catch (IOException lost) {
      ready = null; // The reader will notice.
    }
  }

  private void awaitAnswer(Wire wire, String nonce) throws IOException {
    Optional<Answer> answer = Optional.empty();
    while (answer.isEmpty()) {
      answer = Answer.parse(read(wire), nonce);
    }
    if (!answer.get().isOk()) {
      trouble("refused: " + answer.get());
      throw new IOException("refused");
    }
  }

  private byte[] read(Wire wire) throws IOException {
    byte[] line;
    try {
      line = wire.readLine(SILENCE);
    } catch (SocketTimeoutException silence) {
      synchronized (this) {
        if (ready != null) {
          ready.write("PING anyone?\n".getBytes(ISO_8859_1));
        }
      }
      line = wire.readLine(SILENCE);
    }
    if (line == null) {
      throw new IOException("the end");
    }
    return line;
  }

  private synchronized void take(Event event) throws IOException {
    switch (event) {
      case Sent sent -> settle(sent.n(), sent.seq());
      case Line line -> hear(line);
      case Ping(String text) -> {
        if (ready != null) {
          ready.write(("PONG " + text + "\n").getBytes(ISO_8859_1));
        }
      }
      case Bye(String code) -> throw new IOException(code);
      case Gap gap -> trouble(gap.toString());
      case Fail fail -> trouble(fail.toString());
      case Event.Pong pong -> {}
    }
  }

  private synchronized void settle(long n, long seq) {
    Unanswered line = unanswered.remove(n);
    if (line == null) {
      trouble("an answer to what was not asked: %d is %d".formatted(n, seq));
    } else {
      line.seq().complete(seq);
    }
  }

  private synchronized void hear(Line line) {
    if (line.seq() <= lastHeard) {
      trouble("%s after %d".formatted(line, lastHeard));
    }
    lastHeard = line.seq();
    heard.add(line);
  }

  private synchronized void trouble(String text) {
    troubles.add(text);
  }

  private synchronized boolean isClosed() {
    return closed;
  }

  private static String send(long n, String text) {
    return "SEND " + n + " " + text + "\n";
  }
}
