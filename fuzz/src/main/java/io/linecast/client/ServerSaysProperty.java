package io.linecast.client;

import io.linecast.fuzz.Cuts;
import io.linecast.fuzz.Property;
import io.linecast.protocol.From;
import io.linecast.protocol.HelloAnswer;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Whatever a server says after its answer to the hello, the Java client takes it for a
 * conversation, or says what is wrong by the exceptions meant for that; each line that it has sent
 * has one fate at most, in order; what it has heard rises; and all is the same however the bytes
 * come.
 */
public final class ServerSaysProperty implements Property {

  private static final int SENT_LINES = 5;
  private static final int MAX_LINE_BYTES = 100;
  private static final HelloAnswer ANSWER =
      new HelloAnswer(
          "k3J9xQ2m", "main", 10, 1, "memory", "5f3a9c01", MAX_LINE_BYTES, 0, OptionalLong.of(0));

  @Override
  public void check(byte[] input) throws Exception {
    List<String> first = List.of();
    for (Cuts cuts : Cuts.values()) {
      List<String> story = new Talk().about(cuts.of(input));
      List<String> expected = first;
      Property.require(
          expected.isEmpty() || expected.equals(story),
          () -> "cuts " + cuts + ": " + story + ", not " + expected);
      first = story;
    }
  }

  /** One conversation. */
  private static final class Talk implements SendHandler {

    private final List<String> story = new ArrayList<>();
    private final Mailbox mailbox = new Mailbox(Integer.MAX_VALUE, false, () -> {});
    private long answered;

    List<String> about(List<byte[]> reads) throws Exception {
      Address address = Address.parse("localhost");
      Outbox outbox = new Outbox(mailbox, new ClientBuilder(address).options());
      outbox.begin(ANSWER.epoch(), ANSWER.last());
      for (int i = 0; i < SENT_LINES; i++) {
        outbox.add(new byte[] {'x'}, this);
      }
      outbox.gather(new WireBuffer());
      Hearing hearing = new Hearing(new From.New(), Optional.empty());
      hearing.begin(ANSWER);
      List<InputStream> parts = new ArrayList<>();
      reads.forEach(read -> parts.add(new ByteArrayInputStream(read)));
      LineReader reader =
          new LineReader(new SequenceInputStream(Collections.enumeration(parts)), MAX_LINE_BYTES);
      try (Connection connection = new Connection(address.servers().getFirst(), Optional.empty())) {
        Connection.Open open = new Connection.Open(ANSWER, reader, OutputStream.nullOutputStream());
        Transmitter transmitter =
            new Transmitter(
                open.output(), connection, outbox, mailbox, ANSWER.epoch(), failure -> {});
        new Conversation(
                connection,
                open,
                transmitter,
                outbox,
                mailbox,
                Optional.of(hearing),
                Duration.ofSeconds(10))
            .follow();
        story.add("good-bye");
      } catch (LostException | ClientException e) {
        story.add(e.getMessage());
      }
      hear();
      return story;
    }

    private void hear() {
      mailbox.end(null);
      long before = 0;
      for (Optional<Event> next = mailbox.take(); next.isPresent(); next = mailbox.take()) {
        if (next.get() instanceof Line line) {
          long last = before;
          Property.require(line.seq() > last, () -> line.seq() + " is heard behind " + last);
          before = line.seq();
        } else if (next.get() instanceof Gap) {
          before = 0; // it may be of another numbering
        }
        story.add(String.valueOf(next.get()));
      }
    }

    @Override
    public void onSent(long number, long seq, long clients) {
      answer(number, "sent " + seq + " " + clients);
    }

    @Override
    public void onFailed(SendException failure) {
      answer(failure.number(), "failed " + failure.code());
    }

    private void answer(long number, String fate) {
      long before = answered;
      Property.require(number == before + 1, () -> number + " is answered behind " + before);
      answered = number;
      story.add(number + " " + fate);
    }
  }
}
