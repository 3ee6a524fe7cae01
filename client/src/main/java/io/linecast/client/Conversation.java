package io.linecast.client;

import io.linecast.protocol.Code;
import io.linecast.protocol.GapReason;
import io.linecast.protocol.HelloAnswer;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What a server says after its answer to the hello, until the connection ends. The reading thread's
 * own.
 */
final class Conversation {

  private static final byte[] NO_TEXT = {};

  private final Connection connection;
  private final HelloAnswer answer;
  private final LineReader reader;
  private final Transmitter transmitter;
  private final Outbox outbox;
  private final Mailbox mailbox;
  private final Optional<Hearing> hearing;
  private final Duration silenceLimit;

  private final ServerLine line = new ServerLine();
  private final List<Event> heard = new ArrayList<>();
  private boolean asked;

  Conversation(
      Connection connection,
      Connection.Open open,
      Transmitter transmitter,
      Outbox outbox,
      Mailbox mailbox,
      Optional<Hearing> hearing,
      Duration silenceLimit) {
    this.connection = connection;
    this.answer = open.answer();
    this.reader = open.reader();
    this.transmitter = transmitter;
    this.outbox = outbox;
    this.mailbox = mailbox;
    this.hearing = hearing;
    this.silenceLimit = silenceLimit;
  }

  /**
   * Takes in everything until the server says goodbye as it was asked to.
   *
   * @throws LostException if the connection has ended otherwise
   * @throws ClientException if there is no use in another one
   */
  void follow() throws LostException {
    try {
      connection.setReadTimeout(silenceLimit);
      do {
        if (takeWholeLines()) {
          return;
        }
      } while (fill());
      throw lost("closed without a word", null);
    } catch (LostException e) {
      throw e;
    } catch (IOException e) {
      throw lost(Connection.words(e), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw lost("the reading thread was interrupted", e);
    }
  }

  /** Everything that is here; true if the last of it was the goodbye. */
  private boolean takeWholeLines() throws LostException, InterruptedException {
    boolean over = false;
    try {
      while (!over && reader.next()) {
        over = take();
      }
    } finally {
      outbox.tellWaiting();
      transmitter.wakeAfterAnswers(); // they may be what it waits for
      if (!heard.isEmpty()) {
        mailbox.put(heard, () -> !outbox.isSettled(), () -> transmitter.pong(NO_TEXT), holdNanos());
        heard.clear();
      }
    }
    return over;
  }

  /** How often to say that it is alive while it reads nothing: well within either's patience. */
  private long holdNanos() {
    long own = silenceLimit.toNanos() / 4;
    long heartbeat = TimeUnit.SECONDS.toNanos(answer.heartbeatSeconds());
    return heartbeat == 0 ? own : Math.min(own, heartbeat / 2);
  }

  private boolean fill() throws IOException {
    while (true) {
      try {
        boolean more = reader.fill();
        if (asked) {
          asked = false;
          connection.setReadTimeout(silenceLimit);
        }
        return more;
      } catch (SocketTimeoutException e) {
        if (asked) {
          throw lost("not a word for " + silenceLimit.plus(silenceLimit.dividedBy(2)), e);
        }
        asked = true;
        transmitter.ping();
        connection.setReadTimeout(silenceLimit.dividedBy(2));
      }
    }
  }

  /** Also a journal that several servers share may have a line, and not have said so. */
  private boolean mayBeRelayed(Code code) {
    return code == Code.DUPLICATE || (code == Code.JOURNAL && answer.isShared());
  }

  /** One line; true if it is the goodbye. */
  private boolean take() throws LostException {
    switch (line.begin(reader)) {
      case SENT -> {
        long number = line.number(1);
        long seq = line.number(1);
        long clients = line.number(0);
        line.end();
        outbox.sent(number, seq, clients);
      }
      case LINE -> hear(hearing().line(line.number(1), line.text()));
      case FAIL -> {
        long number = line.number(1);
        String code = line.word();
        Optional<Code> known = Code.of(code);
        boolean mayBeRelayed = known.filter(this::mayBeRelayed).isPresent();
        outbox.failed(number, known.orElse(null), mayBeRelayed, code + ": " + line.message());
      }
      case GAP -> takeGap();
      case PING -> transmitter.pong(line.text());
      case PONG -> {} // that it has come is all that was asked
      case BYE -> {
        takeBye(line.word(), line.message());
        return true;
      }
    }
    return false;
  }

  private void takeGap() {
    long first = line.number(1);
    long last = line.number(1);
    String word = line.word();
    line.end();
    GapReason reason =
        GapReason.of(word).orElseThrow(() -> protocol("a gap of the reason '" + word + "'"));
    hear(hearing().gap(first, last, reason, answer));
  }

  private void hear(@Nullable Event event) {
    if (event != null) {
      heard.add(event);
    }
  }

  private Hearing hearing() {
    return hearing.orElseThrow(() -> protocol("a line that was not asked for"));
  }

  private ClientException protocol(String what) {
    return new ClientException(
        ClientException.Reason.PROTOCOL, connection.server() + " has sent " + what);
  }

  private void takeBye(String word, String message) throws LostException {
    Code code = Code.of(word).orElse(Code.OVERLOAD);
    String said = connection.server() + " has said goodbye: " + word + ": " + message;
    if (word.equals(Code.OVERLOAD.word())) {
      outbox.narrow();
    }
    switch (code) {
      case QUIT -> {}
      case DUPLICATE -> throw new LostException(LostException.Next.SUPERSEDED, said, null);
      case BAD_HELLO, BAD_VERB, BAD_NUMBER, TOO_LONG, VERSION ->
          throw new ClientException(ClientException.Reason.PROTOCOL, code, said, null);
      case AUTH, CHANNEL ->
          throw new ClientException(ClientException.Reason.REFUSED, code, said, null);
      case SHUTTING_DOWN, OVERLOAD, RATE, JOURNAL ->
          throw new LostException(LostException.Next.OTHER_SERVER, said, null);
      case SLOW, IDLE -> throw new LostException(LostException.Next.SAME_SERVER, said, null);
    }
  }

  private LostException lost(String what, @Nullable Exception cause) {
    return new LostException(
        LostException.Next.SAME_SERVER, "lost " + connection.server() + ": " + what, cause);
  }
}
