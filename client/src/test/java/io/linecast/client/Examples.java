package io.linecast.client;

import io.linecast.protocol.AckLevel;
import io.linecast.protocol.From;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/** The examples of docs/client.md, word for word. */
final class Examples {

  private final String address;
  private final PrintStream out;

  Examples(String address, PrintStream out) {
    this.address = address;
    this.out = out;
  }

  void send() {
    try (LinecastClient client = LinecastClient.to(address).connect()) {
      Sent sent = client.send("hello").join();
      out.println("line " + sent.seq() + ", to " + sent.clients() + " others");
    }
  }

  void listen() {
    try (LinecastClient client = LinecastClient.to(address).listen().connect()) {
      for (Event event : client.events()) {
        if (event instanceof Line line) {
          out.println(line.text());
        } else if (event instanceof Gap gap) {
          out.println("missed: " + gap);
        }
      }
    }
  }

  void answer() throws InterruptedException {
    LineHandler handler =
        new LineHandler() {
          @Override
          public void onLine(Line line) {
            out.println(line.text());
          }

          @Override
          public void onGap(Gap gap) {
            out.println("missed: " + gap);
          }
        };
    try (LinecastClient client = LinecastClient.to(address).handler(handler).connect()) {
      client.send("here I am");
      client.ended().join();
    }
  }

  void sendWithCare(LinecastClient client, String text) {
    client
        .send(text)
        .whenComplete(
            (sent, failure) -> {
              if (failure instanceof SendException e && e.mayBeRelayed()) {
                out.println("perhaps sent: " + text);
              } else if (failure != null) {
                out.println("not sent: " + text);
              }
            });
  }

  void sendMany(List<byte[]> lines) {
    LongAdder failed = new LongAdder();
    SendHandler counting =
        new SendHandler() {
          @Override
          public void onSent(long number, long seq, long clients) {}

          @Override
          public void onFailed(SendException failure) {
            failed.increment();
          }
        };
    try (LinecastClient client = LinecastClient.to(address).ack(AckLevel.WRITTEN).connect()) {
      for (byte[] line : lines) {
        client.send(line, counting);
      }
      if (!client.awaitAll(Duration.ofMinutes(1))) {
        out.println(client.outstanding() + " are still unanswered");
      }
    }
    out.println(failed + " failed");
  }

  void sendEachLineOnceAcrossRuns(Path file) throws IOException {
    try (LinecastClient client = LinecastClient.to(address).publisher("report-2026-01").connect()) {
      long sentBefore = client.session().last().orElse(0);
      for (String line : Files.readAllLines(file).stream().skip(sentBefore).toList()) {
        client.send(line).join();
      }
    }
  }

  void goOnWhereTheLastRunEnded(Path place) throws IOException {
    ClientBuilder builder = LinecastClient.to(address).listen(new From.Oldest());
    if (Files.exists(place)) {
      builder.listen(Position.parse(Files.readString(place)).orElseThrow());
    }
    try (LinecastClient client = builder.connect()) {
      Optional<Event> event = client.events().poll(Duration.ofSeconds(10));
      event.ifPresent(out::println);
      event.ifPresent(client::done);
      if (client.position().isPresent()) {
        Files.writeString(place, client.position().get().toString());
      }
    }
  }

  void tls(Path caFile, Path certificate, Path key, String secret) throws IOException {
    Tls tls = Tls.trusting(caFile).presenting(certificate, key);
    try (LinecastClient client = LinecastClient.to(address).tls(tls).token(secret).connect()) {
      client.send("hello").join();
    }
  }

  void plain() throws IOException {
    try (PlainClient client = PlainClient.connect("localhost", 1234, Duration.ofSeconds(5))) {
      client.send("hello");
      client.flush();
      client.receive().ifPresent(line -> out.println(line.length + " bytes"));
    }
  }
}
