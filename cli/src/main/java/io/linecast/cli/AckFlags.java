package io.linecast.cli;

import io.linecast.server.AckOptions;
import java.time.Duration;
import picocli.CommandLine.Option;

/** What acknowledged clients are allowed, as options of {@code serve}. */
final class AckFlags {

  @Option(
      names = "--plain-only",
      description = "There are plain clients only; a LINECAST/1 hello is a line like any other.")
  private boolean plainOnly;

  @Option(
      names = "--heartbeat",
      paramLabel = "TIME",
      defaultValue = "15",
      converter = Seconds.class,
      description = "Silence, in seconds, that a PING breaks for acknowledged clients; 0: never.")
  private Duration heartbeat;

  @Option(
      names = "--publishers",
      paramLabel = "N",
      defaultValue = "10000",
      description = "How many named publishers a channel remembers.")
  private int publishers;

  @Option(
      names = "--max-answers",
      paramLabel = "SIZE",
      defaultValue = "256k",
      converter = Size.Converter.class,
      description = "Answers a client may leave unread before it is read no further.")
  private Size maxAnswers;

  @Option(
      names = "--max-unanswered",
      paramLabel = "LINES",
      defaultValue = "16384",
      description = "Lines of one client that may wait for their SENT.")
  private int maxUnanswered;

  /** What they say together. */
  AckOptions options() {
    int maxAnswersBytes = (int) Math.min(Integer.MAX_VALUE, maxAnswers.bytes());
    return new AckOptions(plainOnly, heartbeat, publishers, maxAnswersBytes, maxUnanswered);
  }
}
