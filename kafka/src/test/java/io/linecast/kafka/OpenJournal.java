package io.linecast.kafka;

import static org.awaitility.Awaitility.await;

import io.linecast.core.History;
import io.linecast.core.Journal;
import io.linecast.core.JournalOptions;
import io.linecast.core.Journals;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/** A server's journal of channel main, and what it has told. */
final class OpenJournal implements AutoCloseable {

  static final int MAX_LINE_BYTES = 65_536;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  final Journals journals;
  final Journal journal;
  final Told told = new Told();

  OpenJournal(TestBroker broker, String topic) {
    this(broker, topic, "main", Duration.ofSeconds(20));
  }

  OpenJournal(TestBroker broker, String topic, String channel, Duration patience) {
    this(broker.brokers(), topic, channel, patience);
  }

  OpenJournal(String brokers, String topic, String channel, Duration patience) {
    journals = new KafkaJournalProvider().open(options(brokers, topic, patience), MAX_LINE_BYTES);
    Journal opened;
    try {
      opened = journals.of(channel);
    } catch (RuntimeException e) {
      journals.close();
      throw e;
    }
    journal = opened;
    journal.open(told);
  }

  static JournalOptions options(String brokers, String topic, Duration patience) {
    return new JournalOptions(
        "kafka:" + brokers + "/" + topic, Optional.empty(), 0, 0, Optional.empty(), 1, patience);
  }

  /** Keeps plain lines, and waits until they are kept. */
  void keep(String lines) {
    int before = told.ours.size();
    long count = lines.chars().filter(c -> c == '\n').count();
    journal.keep(Batches.plain(lines));
    await("own lines").atMost(PATIENCE).until(() -> told.ours.size() >= before + count);
    awaitReadable();
  }

  void awaitLine(long line) {
    await("line " + line).atMost(PATIENCE).until(() -> told.lastLine >= line);
    awaitReadable();
  }

  /** A line is told of a little before it can be read. */
  private void awaitReadable() {
    long line = told.lastLine;
    Extent extent = ((KafkaJournal) journal).extent();
    await("line " + line + " to be read").until(() -> extent.handedBack() >= line);
  }

  String read(long first, long last) throws IOException {
    return read(first, last, 1 << 20);
  }

  /**
   * What is read, after the number of its first line, how many there are, and behind how many of
   * them how many numbers are void.
   */
  String read(long first, long last, int room) throws IOException {
    ByteBuffer into = ByteBuffer.allocate(room);
    History.Stretch stretch = journal.history().read(first, last, into);
    String lines = new String(into.array(), 0, into.position(), StandardCharsets.ISO_8859_1);
    StringBuilder holes = new StringBuilder();
    stretch.holes().forEach(it -> holes.append("(" + it.behindLines() + ":" + it.numbers() + ")"));
    return stretch.first() + "+" + stretch.lines() + holes + " " + lines;
  }

  @Override
  public void close() {
    journal.close();
    journals.close();
  }
}
