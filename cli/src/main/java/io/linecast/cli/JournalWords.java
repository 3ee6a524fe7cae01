package io.linecast.cli;

import io.linecast.cli.ServerStatus.Channel;
import io.linecast.cli.ServerStatus.Journal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** What is said of channels' journals. */
final class JournalWords {

  private JournalWords() {}

  /** In a cell of a table: which kind, and what is out of the ordinary. */
  static String of(Journal journal) {
    if (journal.trouble().isPresent()) {
      return journal.kind() + " IN TROUBLE";
    }
    StringBuilder words = new StringBuilder(journal.kind());
    if (isSome(journal.waitingBytes())) {
      words.append(", ").append(Figures.bytes(journal.waitingBytes())).append(" wait");
    }
    if (isSome(journal.lagLines())) {
      words.append(", ").append(Figures.rate(journal.lagLines())).append(" behind");
    }
    return words.toString();
  }

  private static boolean isSome(OptionalDouble number) {
    return number.orElse(0) > 0;
  }

  /** A sentence for each thing that is the matter: channels often have their journals together. */
  static List<String> troubles(List<Channel> channels) {
    Map<String, String> channelsByTrouble = new LinkedHashMap<>();
    for (Channel channel : channels) {
      String name = PageTable.cut(channel.name());
      channel
          .journal()
          .trouble()
          .ifPresent(why -> channelsByTrouble.merge(why, name, (all, next) -> all + ", " + next));
    }
    return channelsByTrouble.entrySet().stream()
        .map(entry -> "JOURNAL IN TROUBLE (" + entry.getValue() + "): " + entry.getKey())
        .toList();
  }
}
