package io.linecast.acceptance.journal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.linecast.client.ClientBuilder;
import io.linecast.client.ClientException;
import io.linecast.client.Event;
import io.linecast.client.Gap;
import io.linecast.client.Line;
import io.linecast.client.LinecastClient;
import io.linecast.client.SendException;
import io.linecast.client.SendHandler;
import io.linecast.protocol.Code;
import io.linecast.protocol.From;
import io.linecast.protocol.GapReason;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/** A sender and a listener that leave it to the client library to find a server. */
final class LibraryParties {

  /** The journal cannot keep a line; or could not, and has kept later ones. */
  private static final Set<Code> REFUSALS = Set.of(Code.JOURNAL, Code.BAD_NUMBER);

  private LibraryParties() {}

  private static ClientBuilder to(String servers) {
    return LinecastClient.to(servers)
        .backOff(Duration.ofMillis(5), Duration.ofMillis(200))
        .connectTimeout(Duration.ofSeconds(2))
        .startPatience(KafkaLoad.PATIENCE);
  }

  /** What it is told has failed may be there all the same, once. */
  static final class Sender implements Party {

    private final String name;
    private final Ledger ledger;
    private final LinecastClient client;
    private final long pauseNanos;
    private volatile boolean ending;

    /** The client's reading thread's. */
    private long lastLine;

    Sender(String name, String servers, Ledger ledger, Duration pause) {
      this.name = name;
      this.ledger = ledger;
      this.pauseNanos = pause.toNanos();
      client = to(servers).publisher(name).window(500, 1 << 20).connect();
    }

    @Override
    public void end() {
      ending = true;
    }

    @Override
    public void run() {
      try (client) {
        for (long i = 1; !ending; i++) {
          String text = name + " " + i;
          client.send(text.getBytes(ISO_8859_1), handler(text));
          LockSupport.parkNanos(pauseNanos);
        }
        if (!client.awaitAll(KafkaLoad.PATIENCE)) {
          ledger.onTrouble(name + " waits for answers to the end");
        }
      } catch (ClientException e) {
        ledger.onTrouble(name + " has ended: " + e);
      }
    }

    private SendHandler handler(String text) {
      return new SendHandler() {
        @Override
        public void onSent(long number, long line, long clients) {
          if (line <= lastLine) {
            ledger.onTrouble(name + ": line " + line + " for '" + text + "' behind " + lastLine);
          }
          lastLine = line;
          ledger.onSent(text, line);
        }

        @Override
        public void onFailed(SendException failure) {
          if (failure.code().filter(REFUSALS::contains).isPresent()) {
            ledger.onRefused();
          } else {
            ledger.onTrouble(name + ": '" + text + "' has failed: " + failure.getMessage());
          }
        }
      };
    }
  }

  /** Hears everything from the oldest line on. */
  static final class Listener implements Party {

    private final NumberedHearing hearing;
    private final LinecastClient client;

    Listener(String servers, NumberedHearing hearing) {
      this.hearing = hearing;
      client = to(servers).listenOnly().listen(new From.Oldest()).connect();
    }

    @Override
    public void end() {
      client.close(Duration.ZERO);
    }

    @Override
    public void run() {
      try {
        for (Event event : client.events()) {
          switch (event) {
            case Line line -> hearing.onLine(line.seq(), new String(line.bytes(), ISO_8859_1));
            case Gap gap when gap.reason() == GapReason.VOID ->
                hearing.onVoid(gap.first(), gap.last());
            case Gap gap -> hearing.onTrouble(gap.toString());
          }
        }
      } catch (ClientException e) {
        hearing.onTrouble("ended: " + e);
      }
    }
  }
}
