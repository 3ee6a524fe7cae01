package io.linecast.cli;

import io.linecast.core.JournalOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where lines are kept, as options of {@code serve}. */
final class JournalFlags {

  @Option(
      names = "--journal",
      paramLabel = "WHERE",
      defaultValue = JournalOptions.MEMORY,
      description =
          "Where lines are kept: memory; sqlite:FILE; or kafka:HOST:PORT[,…]/TOPIC, which several"
              + " servers may share. A line is heard only once it is kept.")
  private String where;

  @Option(
      names = "--keep",
      paramLabel = "HOW-MUCH",
      converter = Keep.Converter.class,
      description =
          "How much of each channel sqlite:FILE keeps: an age (90s, 30min, 12h, 7d), so many lines"
              + " (1000000lines), so many bytes of lines (500m, 10g), or several of these, by commas:"
              + " 7d,10g. What is more is removed. All is kept if nothing is said.")
  private @Nullable Keep keep;

  @Option(
      names = "--kafka-config",
      paramLabel = "FILE",
      description = "Properties file for Kafka's clients: security.protocol, sasl.jaas.config, …")
  private @Nullable Path kafkaConfig;

  @Option(
      names = "--kafka-replication",
      paramLabel = "N",
      defaultValue = "0",
      description = "On how many brokers a topic is that is made. 0: as the brokers have it.")
  private int kafkaReplication;

  @Option(
      names = "--journal-timeout",
      paramLabel = "TIME",
      defaultValue = "30",
      converter = Seconds.class,
      description =
          "How long a sender who wants an answer waits for a cluster that does not answer, in"
              + " seconds.")
  private Duration patience;

  /** What they say together. */
  JournalOptions options() {
    Keep kept = keep == null ? Keep.ALL : keep;
    return new JournalOptions(
        where,
        kept.age(),
        kept.lines(),
        kept.bytes(),
        Optional.ofNullable(kafkaConfig),
        kafkaReplication,
        patience);
  }

  /** The arguments that say the same as the options. */
  static List<String> arguments(JournalOptions options) {
    List<String> arguments = new ArrayList<>();
    add(arguments, "--journal", options.where());
    Keep kept = new Keep(options.keepAge(), options.keepLines(), options.keepBytes());
    if (!kept.equals(Keep.ALL)) {
      add(arguments, "--keep", kept);
    }
    options.kafkaConfig().ifPresent(file -> add(arguments, "--kafka-config", file));
    add(arguments, "--kafka-replication", options.kafkaReplication());
    add(arguments, "--journal-timeout", options.patience().toMillis() + "ms");
    return arguments;
  }

  private static void add(List<String> arguments, String option, Object value) {
    arguments.add(option);
    arguments.add(String.valueOf(value));
  }
}
