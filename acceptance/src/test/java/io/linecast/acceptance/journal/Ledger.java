package io.linecast.acceptance.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;

/** What servers have said over all their lives, and whether it holds. Safe from any thread. */
final class Ledger {

  /** The text of each line that some listener has heard. */
  private final NavigableMap<Long, String> heard = new ConcurrentSkipListMap<>();

  /** The line that a text has become, as its sender was told. */
  private final Map<String, Long> sent = new ConcurrentHashMap<>();

  private final ConcurrentLinkedQueue<String> troubles = new ConcurrentLinkedQueue<>();

  void onSent(String text, long line) {
    Long before = sent.putIfAbsent(text, line);
    if (before != null && before != line) {
      troubles.add("'" + text + "' is line " + before + ", and then line " + line);
    }
  }

  void onHeard(long line, String text) {
    String before = heard.putIfAbsent(line, text);
    if (before != null && !before.equals(text)) {
      troubles.add("line " + line + " is '" + before + "', and then '" + text + "'");
    }
  }

  void onTrouble(String what) {
    troubles.add(what);
  }

  int acknowledged() {
    return sent.size();
  }

  long lastHeard() {
    return heard.isEmpty() ? 0 : heard.lastKey();
  }

  /**
   * Compares with what a server has in the end: every line acknowledged is there, once, under its
   * number; and nobody ever heard a line that it does not have.
   *
   * @return how it went, for people
   */
  String requireKept(NavigableMap<Long, String> kept) {
    assertThat(troubles).as("what went wrong").isEmpty();
    Set<String> texts = new HashSet<>();
    long doubled = kept.values().stream().filter(text -> !texts.add(text)).count();
    long lost =
        sent.entrySet().stream()
            .filter(each -> !each.getKey().equals(kept.get(each.getValue())))
            .count();
    long forgotten =
        heard.entrySet().stream()
            .filter(each -> !each.getValue().equals(kept.get(each.getKey())))
            .count();
    String outcome =
        "%d lines acknowledged, %d kept, %d lost, %d doubled; %d heard, %d of them not kept"
            .formatted(sent.size(), kept.size(), lost, doubled, heard.size(), forgotten);
    assertThat(lost + doubled + forgotten).as(outcome).isZero();
    assertThat(kept.lastKey()).as("numbers without a gap: %s", outcome).isEqualTo(kept.size());
    return outcome;
  }
}
