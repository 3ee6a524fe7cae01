package io.linecast.cli;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.linecast.cli.PageTable.Column;
import io.linecast.sqlite.ChannelSummary;
import io.linecast.sqlite.JournalFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code linecast journal info}: what a file has of each channel. */
@Command(
    name = "info",
    description = "Says what a file has of each channel, and whether a server has it open.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    usageHelpWidth = 100,
    footer = {
      "",
      "Publishers are those known by name: a number that one of them repeats makes no second line.",
      "",
      "Exit codes: 0 said, 2 wrong options, 18 there is no such file, or it is no journal.",
      "",
      "Examples:",
      "  linecast journal info lines.db",
      "  linecast journal info lines.db --json | jq '.channels[].lines'",
    })
final class JournalInfoCommand implements Callable<Integer> {

  private static final String LOG_SUFFIX = "-wal";

  private static final List<Column<ChannelSummary>> COLUMNS =
      List.of(
          Column.words("channel", 1, ChannelSummary::name),
          Column.number("lines", 1, channel -> count(channel.lines())),
          Column.number("first", 1, channel -> Long.toString(channel.first())),
          Column.number("last", 1, channel -> Long.toString(channel.last())),
          Column.number("bytes", 1, channel -> bytes(channel.bytes())),
          Column.number("publishers", 1, channel -> count(channel.publishers())),
          Column.words("oldest", 1, channel -> time(channel.oldest())),
          Column.words("newest", 1, channel -> time(channel.newest())),
          Column.words("epoch", 1, ChannelSummary::epoch));

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "The file, without 'sqlite:'.")
  private Path file;

  @Option(names = "--json", description = "Write an object instead of a table.")
  private boolean json;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    try (JournalFile journal = JournalFile.open(file)) {
      List<ChannelSummary> channels = journal.channels();
      if (json) {
        out.println(object(journal, channels));
      } else {
        String held = journal.isHeld() ? "a server has it open" : "no server has it open";
        out.println(file + ": " + bytes(fileBytes(journal)) + ", " + held);
        new PageTable<>(COLUMNS, "no channels yet")
            .rows(channels, Integer.MAX_VALUE, Integer.MAX_VALUE)
            .forEach(row -> out.println(row.text()));
      }
    }
    return out.checkError() ? ExitCode.FILE.code() : ExitCode.OK.code();
  }

  private String object(JournalFile journal, List<ChannelSummary> channels) {
    JsonObject all = new JsonObject();
    all.addProperty("file", file.toString());
    all.addProperty("bytes", fileBytes(journal));
    all.addProperty("open", journal.isHeld());
    JsonArray each = new JsonArray();
    channels.forEach(channel -> each.add(object(channel)));
    all.add("channels", each);
    return new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create().toJson(all);
  }

  private static JsonObject object(ChannelSummary channel) {
    JsonObject object = new JsonObject();
    object.addProperty("channel", channel.name());
    object.addProperty("lines", channel.lines());
    object.addProperty("first", channel.first());
    object.addProperty("last", channel.last());
    object.addProperty("epoch", channel.epoch());
    channel.oldest().ifPresent(time -> object.addProperty("oldest", time.toString()));
    channel.newest().ifPresent(time -> object.addProperty("newest", time.toString()));
    object.addProperty("bytes", channel.bytes());
    object.addProperty("publishers", channel.publishers());
    return object;
  }

  /** With what is in the write-ahead log and not in the file yet. */
  private static long fileBytes(JournalFile journal) {
    Path path = journal.path();
    return sizeOf(path) + sizeOf(path.resolveSibling(path.getFileName() + LOG_SUFFIX));
  }

  private static long sizeOf(Path path) {
    try {
      return Files.exists(path) ? Files.size(path) : 0;
    } catch (IOException e) {
      return 0; // it has gone this moment
    }
  }

  private static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  private static String bytes(long number) {
    return Figures.bytes(OptionalDouble.of((double) number));
  }

  private static String time(Optional<Instant> time) {
    return time.map(Instant::toString).orElse(Figures.UNKNOWN);
  }
}
