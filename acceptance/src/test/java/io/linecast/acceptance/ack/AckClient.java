package io.linecast.acceptance.ack;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.linecast.acceptance.ack.Event.Bye;
import io.linecast.acceptance.ack.Event.Fail;
import io.linecast.acceptance.ack.Event.Line;
import io.linecast.acceptance.ack.Event.Ping;
import io.linecast.acceptance.ack.Event.Sent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * A client of the acknowledged protocol that sends exactly what it is told and reads line by line.
 * It waits for everything, but not for ever; it answers {@code PING}s by itself. For one thread.
 */
final class AckClient implements AutoCloseable {
  static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Wire wire;
  private @Nullable Answer answer;

  private AckClient(Wire wire) {
    this.wire = wire;
  }

  /** Connects and says nothing. */
  static AckClient connect(InetSocketAddress address) {
    return connect(address, 0);
  }

  static AckClient connect(InetSocketAddress address, int receiveBytes) {
    try {
      return new AckClient(Wire.connect(address, receiveBytes));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot connect to " + address, e);
    }
  }

  /** A nonce that no other connection has. */
  static String nonce() {
    return "t-" + Long.toHexString(ThreadLocalRandom.current().nextLong() | Long.MIN_VALUE);
  }

  /** {@code SEND}s under all numbers from first to last. */
  static String sends(int first, int last, String text) {
    StringBuilder sends = new StringBuilder();
    for (int n = first; n <= last; n++) {
      sends.append("SEND ").append(n).append(text).append('\n');
    }
    return sends.toString();
  }

  /** Says hello and waits for the answer, which may be a refusal. */
  Answer hello(String parameters) {
    String nonce = nonce();
    send(("LINECAST/1 " + nonce + " " + parameters).stripTrailing());
    return awaitAnswer(nonce);
  }

  /** Says hello, which must be accepted. */
  AckClient join(String parameters) {
    Answer given = hello(parameters);
    assertThat(given.isOk()).as("%s to '%s'", given, parameters).isTrue();
    return this;
  }

  /** Waits for the answer that bears the nonce, throwing away what comes before it. */
  Answer awaitAnswer(String nonce) {
    while (true) {
      Optional<Answer> read = Answer.parse(nextBytes(), nonce);
      if (read.isPresent()) {
        answer = read.get();
        return answer;
      }
    }
  }

  /** The answer to its hello. */
  Answer answer() {
    return Optional.ofNullable(answer).orElseThrow();
  }

  /** Sends whole lines; each char is a byte. */
  void send(String... lines) {
    sendBytes((String.join("\n", lines) + "\n").getBytes(ISO_8859_1));
  }

  /** Sends chars as they are, each a byte. */
  void sendRaw(String chars) {
    sendBytes(chars.getBytes(ISO_8859_1));
  }

  void sendBytes(byte[] bytes) {
    try {
      wire.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(this + " cannot send", e);
    }
  }

  /** Sends bytes, which the server may by now not want. */
  void trySend(String line) {
    try {
      wire.write((line + "\n").getBytes(ISO_8859_1));
    } catch (IOException closed) {
      // As it may be.
    }
  }

  /** Publishes a line and waits for its {@code SENT}, which must be the next thing to come. */
  Sent publish(long n, String text) {
    send("SEND " + n + " " + text);
    Event event = next();
    assertThat(event).as("%s: answer to SEND %d", this, n).isInstanceOf(Sent.class);
    Sent sent = (Sent) event;
    assertThat(sent.n()).as("%s: number of %s", this, sent).isEqualTo(n);
    return sent;
  }

  /** That the next thing to come refuses line n. */
  void expectFail(long n, String code) {
    assertThat(next()).as("%s", this).isEqualTo(new Fail(n, code));
  }

  /** The next thing that comes, {@code PING}s apart, which it answers. */
  Event next() {
    while (true) {
      Event event = nextEvenPing();
      if (!(event instanceof Ping(String text))) {
        return event;
      }
      send(("PONG " + text).stripTrailing());
    }
  }

  /** The next thing that comes; nothing is answered. */
  Event nextEvenPing() {
    return Event.parse(nextBytes());
  }

  List<Event> next(int count) {
    List<Event> events = new ArrayList<>();
    while (events.size() < count) {
      events.add(next());
    }
    return events;
  }

  /** The next thing that comes, which must be a line. */
  Line nextLine() {
    Event event = next();
    assertThat(event).as("%s", this).isInstanceOf(Line.class);
    return (Line) event;
  }

  /** The next line, passing over {@code PING}s, which cannot be answered any more. */
  Line nextLineEvenPing() {
    Event event = nextEvenPing();
    while (event instanceof Ping) {
      event = nextEvenPing();
    }
    assertThat(event).as("%s", this).isInstanceOf(Line.class);
    return (Line) event;
  }

  /** Everything up to the orderly end, which follows a {@code BYE}. */
  List<Event> untilEnd() {
    List<Event> events = new ArrayList<>();
    while (true) {
      byte[] line = read(PATIENCE);
      if (line == null) {
        assertThat(events).as("%s: what came before the end", this).isNotEmpty();
        assertThat(events.getLast()).as("%s: the last line", this).isInstanceOf(Bye.class);
        return events;
      }
      events.add(Event.parse(line));
    }
  }

  /** Every line up to the orderly end, as text. */
  List<String> textsUntilEnd() {
    List<String> lines = new ArrayList<>();
    for (byte[] line = read(PATIENCE); line != null; line = read(PATIENCE)) {
      lines.add(new String(line, ISO_8859_1));
    }
    return lines;
  }

  /** That nothing comes but {@code BYE} with this code, and then the end. */
  void expectBye(String code) {
    assertThat(untilEnd()).as("%s", this).containsExactly(new Bye(code));
  }

  /** That the server closes in an orderly way, with nothing more to say. */
  void expectEnd() {
    byte[] line = read(PATIENCE);
    if (line != null) {
      fail("%s: instead of the end came '%s'", this, new String(line, ISO_8859_1));
    }
  }

  /** That nothing comes for a while. */
  void expectSilence(Duration time) {
    try {
      byte[] line = wire.readLine(time);
      String came = line == null ? "the end" : "'" + new String(line, ISO_8859_1) + "'";
      fail("%s: instead of silence came %s", this, came);
    } catch (SocketTimeoutException asItShouldBe) {
      assertThat(wire.isWithinLine()).as("%s: half a line came", this).isFalse();
    } catch (IOException e) {
      throw new UncheckedIOException(this + " was cut off", e);
    }
  }

  /** The next line, whatever it is. */
  byte[] nextBytes() {
    byte[] line = read(PATIENCE);
    if (line == null) {
      return fail("%s: closed by the server where a line was to come", this);
    }
    return line;
  }

  void halfClose() {
    try {
      wire.halfClose();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void reset() {
    try {
      wire.reset();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      wire.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return "client 127.0.0.1:" + wire.localPort();
  }

  private byte @Nullable [] read(Duration patience) {
    try {
      return wire.readLine(patience);
    } catch (SocketTimeoutException e) {
      return fail("%s: no line within %s", this, patience);
    } catch (IOException e) {
      throw new UncheckedIOException(this + " was cut off", e);
    }
  }
}
