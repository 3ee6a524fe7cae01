package io.linecast.server;

import io.linecast.core.Journal;
import io.linecast.core.JournalException;
import io.linecast.core.JournalOptions;
import io.linecast.core.JournalProvider;
import io.linecast.core.Journals;
import io.linecast.core.MemoryJournal;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Opens the place where a server's channels have their journals. */
final class JournalPlace {

  /** In memory: nothing to open, nothing to close. */
  private static final class InMemory implements Journals {
    @Override
    public Journal of(String channel) {
      return new MemoryJournal();
    }

    @Override
    public void close() {}
  }

  private JournalPlace() {}

  /**
   * Opens it.
   *
   * @param maxLineBytes the longest line, with its line feed
   * @throws StartException if it cannot be opened
   */
  static Journals open(JournalOptions options, int maxLineBytes) {
    requireNothingElse(options);
    if (options.isMemory()) {
      return new InMemory();
    }
    List<JournalProvider> kinds =
        ServiceLoader.load(JournalProvider.class).stream()
            .map(ServiceLoader.Provider::get)
            .sorted(Comparator.comparing(JournalProvider::scheme))
            .toList();
    JournalProvider provider =
        kinds.stream()
            .filter(kind -> kind.scheme().equals(options.scheme()) && !options.place().isEmpty())
            .findAny()
            .orElseThrow(() -> unknown(options, kinds));
    return opened(() -> provider.open(options, maxLineBytes));
  }

  /** What would be taken for granted, and is not done, is refused. */
  private static void requireNothingElse(JournalOptions options) {
    boolean keepsLess =
        options.keepAge().isPresent() || options.keepLines() > 0 || options.keepBytes() > 0;
    if (keepsLess && !options.scheme().equals("sqlite")) {
      throw new StartException(
          StartException.Reason.USAGE,
          "--keep is for a --journal sqlite:…; in memory the window is kept (--window)");
    }
    boolean forKafka = options.kafkaConfig().isPresent() || options.kafkaReplication() > 0;
    if (forKafka && !options.scheme().equals("kafka")) {
      throw new StartException(
          StartException.Reason.USAGE,
          "--kafka-config and --kafka-replication are for a --journal kafka:…");
    }
  }

  private static StartException unknown(JournalOptions options, List<JournalProvider> kinds) {
    String known =
        Stream.concat(
                Stream.of(JournalOptions.MEMORY), kinds.stream().map(kind -> kind.scheme() + ":…"))
            .collect(Collectors.joining(", "));
    return new StartException(
        StartException.Reason.USAGE,
        "--journal is one of " + known + ", not '" + options.where() + "'");
  }

  /** A channel's journal. */
  static Journal journal(Journals place, String channel) {
    return opened(() -> place.of(channel));
  }

  private static <T> T opened(Supplier<T> action) {
    try {
      return action.get();
    } catch (JournalException e) {
      throw new StartException(
          e.isUsage() ? StartException.Reason.USAGE : StartException.Reason.JOURNAL,
          String.valueOf(e.getMessage()));
    }
  }
}
