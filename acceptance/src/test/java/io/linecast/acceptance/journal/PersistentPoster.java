package io.linecast.acceptance.journal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Posts two lines at a time under a name, and repeats what was not answered, or refused. */
final class PersistentPoster implements Party {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final long AFTER_REFUSAL_NANOS = 20_000_000;

  private final String name;
  private final URI lines;
  private final Ledger ledger;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(PATIENCE).build();

  private volatile boolean ending;
  private long lastLine;

  /** How often it was refused. Written by its thread, looked at by the test's. */
  private volatile long refused;

  PersistentPoster(String name, URI lines, Ledger ledger) {
    this.name = name;
    this.lines = lines;
    this.ledger = ledger;
  }

  long refused() {
    return refused;
  }

  @Override
  public void end() {
    ending = true;
  }

  @Override
  public void run() {
    for (long number = 1; !ending; number += 2) {
      post(number);
    }
    client.close();
  }

  private void post(long number) {
    String first = name + " " + number;
    String second = name + " " + (number + 1);
    HttpRequest request =
        HttpRequest.newBuilder(lines)
            .timeout(PATIENCE)
            .headers("Linecast-Publisher", name, "Linecast-Number", Long.toString(number))
            .POST(HttpRequest.BodyPublishers.ofString(first + "\n" + second + "\n", ISO_8859_1))
            .build();
    while (true) {
      try {
        HttpResponse<String> answer = client.send(request, BodyHandlers.ofString(ISO_8859_1));
        if (answer.statusCode() == 200) {
          onPosted(JsonParser.parseString(answer.body()).getAsJsonObject(), first, second);
          return;
        }
        onRefused(answer);
      } catch (IOException e) {
        LockSupport.parkNanos(LOOK_AGAIN_NANOS); // the server is dead, or comes up
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private void onPosted(JsonObject receipt, String first, String second) {
    long firstLine = receipt.get("first").getAsLong();
    long secondLine = receipt.get("last").getAsLong();
    if (firstLine <= lastLine || secondLine <= firstLine) {
      ledger.onTrouble(name + ": lines " + receipt + " behind line " + lastLine);
    }
    lastLine = secondLine;
    ledger.onSent(first, firstLine);
    ledger.onSent(second, secondLine);
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes
  private void onRefused(HttpResponse<String> answer) {
    if (answer.statusCode() != 503) {
      ledger.onTrouble(name + " was answered " + answer.statusCode() + ": " + answer.body());
    } else if (answer.body().contains("\"code\":\"journal\"")) {
      refused++;
      ledger.onRefused();
    }
    LockSupport.parkNanos(AFTER_REFUSAL_NANOS);
  }
}
