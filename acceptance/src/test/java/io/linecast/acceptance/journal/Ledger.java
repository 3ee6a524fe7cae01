package io.linecast.acceptance.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/** What servers have said over all their lives, and whether it holds. Safe from any thread. */
final class Ledger {

  /** The text of each line that some listener has heard under its number. */
  private final NavigableMap<Long, String> heard = new ConcurrentSkipListMap<>();

  /** What was heard by those who hear no numbers. */
  private final Set<String> heardPlain = ConcurrentHashMap.newKeySet();

  /** The line that a text has become, as its sender was told. */
  private final Map<String, Long> sent = new ConcurrentHashMap<>();

  /** How many lines came over a plain connection that has ended in an orderly way, by its name. */
  private final Map<String, Long> sentPlain = new ConcurrentHashMap<>();

  /** Texts that were refused, and not sent again. */
  private final Set<String> givenUp = ConcurrentHashMap.newKeySet();

  private final AtomicLong refused = new AtomicLong();
  private final Collection<String> troubles = new ConcurrentLinkedQueue<>();

  void onSent(String text, long line) {
    Long before = sent.putIfAbsent(text, line);
    if (before != null && before != line) {
      onTrouble("'" + text + "' is line " + before + ", and then line " + line);
    }
  }

  /** A plain connection has ended in an orderly way. */
  void onSentPlain(String connection, long lines) {
    sentPlain.put(connection, lines);
  }

  /** A sender was told that a line could not be kept. */
  void onRefused() {
    refused.incrementAndGet();
  }

  /** A sender does not send again what was refused: it must never come. */
  void onGivenUp(String text) {
    givenUp.add(text);
  }

  void onHeard(long line, String text) {
    String before = heard.putIfAbsent(line, text);
    if (before != null && !before.equals(text)) {
      onTrouble("line " + line + " is '" + before + "', and then '" + text + "'");
    }
  }

  /** Lines that were heard under more than one number. */
  List<String> heardTwice() {
    Set<String> texts = new HashSet<>();
    return heard.values().stream().filter(text -> !texts.add(text)).toList();
  }

  void onHeardPlain(String text) {
    heardPlain.add(text);
  }

  void onTrouble(String what) {
    troubles.add(what);
  }

  int acknowledged() {
    return sent.size();
  }

  long refused() {
    return refused.get();
  }

  /** Nothing has been said so far that cannot be. */
  void requireNoTrouble() {
    assertThat(troubles).as("what went wrong").isEmpty();
  }

  /**
   * Compares with what a server has in the end: every line acknowledged is there, once, under its
   * number; those of a plain connection are there from its first on, without a hole; and nobody
   * ever heard a line that the server does not have.
   *
   * @return how it went, for people
   */
  Outcome requireKept(NavigableMap<Long, String> kept) {
    requireNoTrouble();
    Set<String> texts = new HashSet<>();
    List<String> doubled = kept.values().stream().filter(text -> !texts.add(text)).toList();
    Outcome outcome =
        new Outcome(
            sent.size(),
            refused(),
            kept.size(),
            missing(sent, kept),
            doubled,
            heard.size(),
            forgotten(kept, texts));
    assertThat(outcome.lost()).as("lost: %s", outcome).isEmpty();
    assertThat(doubled).as("doubled: %s", outcome).isEmpty();
    assertThat(outcome.forgotten()).as("heard and not kept: %s", outcome).isEmpty();
    texts.retainAll(givenUp);
    assertThat(texts).as("refused, and kept all the same: %s", outcome).isEmpty();
    requirePlainKept(kept.values());
    return outcome;
  }

  private static List<String> missing(Map<String, Long> lines, Map<Long, String> kept) {
    return lines.entrySet().stream()
        .filter(each -> !each.getKey().equals(kept.get(each.getValue())))
        .map(each -> "line " + each.getValue() + ", '" + each.getKey() + "'")
        .toList();
  }

  private List<String> forgotten(Map<Long, String> kept, Set<String> texts) {
    Stream<String> numbered =
        heard.entrySet().stream()
            .filter(each -> !each.getValue().equals(kept.get(each.getKey())))
            .map(each -> "line " + each.getKey() + ", '" + each.getValue() + "'");
    Stream<String> plain = heardPlain.stream().filter(text -> !texts.contains(text));
    return Stream.concat(numbered, plain).toList();
  }

  /** Plain senders' lines say over which connection they came, and which of it they are. */
  void requirePlainKept(Collection<String> kept) {
    Map<String, Long> came = new HashMap<>();
    for (String text : kept) {
      String[] words = text.split(" ", 4);
      if (text.startsWith(PlainSender.PREFIX)) {
        long line = came.merge(words[0] + " " + words[1], 1L, Long::sum);
        assertThat(words[2]).as("plain lines in order: '%s'", text).isEqualTo("" + line);
      }
    }
    assertThat(came)
        .as("lines of plain connections that ended orderly")
        .containsAllEntriesOf(sentPlain);
  }
}
