package io.linecast.server;

import io.linecast.core.Journal;
import io.linecast.core.JournalState;
import io.linecast.core.LineChannel;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the log when a channel's journal begins to be in trouble, and when that is over. Looks once
 * a second, and whenever the journal says that it has changed, so that no trouble is too short to
 * be told of: senders are told that the log says more. Owned by one loop, but for {@link
 * #onChanged}.
 */
final class JournalWatch {

  private static final Logger LOG = LoggerFactory.getLogger(JournalWatch.class);

  private final String name;
  private final Journal journal;
  private final Executor loop;
  private final Logger log;

  /** What the journal was seen to be. Volatile: also its threads', which tell only what is new. */
  private volatile boolean seenWorking = true;

  /** What the log was told last. */
  private boolean working = true;

  private long troubleNanos;

  JournalWatch(String name, Journal journal, Executor loop, Logger log) {
    this.name = name;
    this.journal = journal;
    this.loop = loop;
    this.log = log;
  }

  /** Begins to look. Before there are clients. */
  static void start(LineChannel channel, ServerLoop loop) {
    if (!channel.journal().isDeferred()) {
      return; // memory is in no trouble
    }
    JournalWatch watch = new JournalWatch(channel.name(), channel.journal(), loop::execute, LOG);
    channel.watchJournal(watch::onChanged);
    loop.eventLoop().scheduleWithFixedDelay(watch::look, 0, 1, TimeUnit.SECONDS);
  }

  /** From any thread; returns at once. What is told is how it was at this moment. */
  void onChanged() {
    if (journal.isWorking() != seenWorking) {
      JournalState state = journal.state();
      seenWorking = state.isWorking();
      long now = System.nanoTime();
      try {
        loop.execute(() -> take(state, now));
      } catch (RejectedExecutionException stopped) {
        log.debug("{}: the server has stopped; its journal: {}", name, state);
      }
    }
  }

  void look() {
    take(journal.state(), System.nanoTime());
  }

  void take(JournalState state, long nanos) {
    if (state.isWorking() == working) {
      return;
    }
    working = state.isWorking();
    seenWorking = working;
    if (working) {
      String time = text(Duration.ofNanos(nanos - troubleNanos));
      log.info("channel {}: lines are kept again, after {}", name, time);
    } else {
      troubleNanos = nanos;
      log.warn(
          "channel {}: lines cannot be kept now; senders are refused or wait: {}",
          name,
          state.trouble().map(JournalWatch::onOneLine).orElse(""));
    }
  }

  /** Whatever is below the journal may have said it. */
  private static String onOneLine(String words) {
    return words.replaceAll("\\p{Cntrl}+", " ").strip();
  }

  /** Such as 12.3 s, or 1 h 2 min 3 s. */
  static String text(Duration time) {
    if (time.toMinutes() < 1) {
      return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
    }
    String minutes = time.toMinutesPart() + " min " + time.toSecondsPart() + " s";
    return time.toHours() < 1 ? minutes : time.toHours() + " h " + minutes;
  }
}
