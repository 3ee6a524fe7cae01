package io.linecast.server;

import io.linecast.core.Journal;
import io.linecast.core.JournalOptions;
import io.linecast.core.JournalProvider;
import io.linecast.core.Journals;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Journals that do what a test says: {@code held:NAME}. Found by the service loader. */
public final class HeldJournals implements JournalProvider {

  private static final Map<String, HeldJournal> ALL = new ConcurrentHashMap<>();

  /** Has a server use these. */
  static JournalOptions at(String place) {
    return new JournalOptions(
        "held:" + place, Optional.empty(), 0, 0, Optional.empty(), 0, Duration.ofSeconds(30));
  }

  /** A channel's, of a server that uses those. */
  static HeldJournal of(String place, String channel) {
    return Objects.requireNonNull(ALL.get(place + "/" + channel));
  }

  @Override
  public String scheme() {
    return "held";
  }

  @Override
  public Journals open(JournalOptions options) {
    return new Journals() {
      @Override
      public Journal of(String channel) {
        HeldJournal journal = new HeldJournal();
        ALL.put(options.place() + "/" + channel, journal);
        return journal;
      }

      @Override
      public void close() {
        ALL.keySet().removeIf(name -> name.startsWith(options.place() + "/"));
      }
    };
  }
}
