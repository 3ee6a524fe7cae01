package io.linecast.cli;

import io.linecast.protocol.From;
import io.linecast.sqlite.ChannelSummary;
import io.linecast.sqlite.JournalFile;
import io.linecast.sqlite.StoredLine;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code linecast journal export}: writes a channel's lines to standard output. */
@Command(
    name = "export",
    description = "Writes a channel's lines to standard output, byte for byte, in their order.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    usageHelpWidth = 100,
    footer = {
      "",
      "A PLACE is oldest, a line's number, -N for the last but N - 1, or a time.",
      "",
      "Exit codes: 0 written, 2 wrong options, 6 standard output takes no more, 18 there is no such"
          + " file, or it is no journal.",
      "",
      "Examples:",
      "  linecast journal export lines.db > lines.txt",
      "  linecast journal export lines.db --channel ships --from -1000 | grep '!AIVDM'",
      "  linecast journal export lines.db --from 2026-01-31T00:00:00Z --to 2026-02-01T00:00:00Z",
      "  linecast journal export lines.db --json | jq -r .publisher | sort | uniq -c",
    })
final class JournalExportCommand implements Callable<Integer> {

  private static final int LINES_BETWEEN_NEWS = 1_000;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "The file, without 'sqlite:'.")
  private Path file;

  @Option(
      names = "--channel",
      paramLabel = "NAME",
      defaultValue = "main",
      description = "Whose lines; ${DEFAULT-VALUE} if nothing is said.")
  private String channel;

  @Option(
      names = "--from",
      paramLabel = "PLACE",
      defaultValue = "oldest",
      converter = Place.class,
      description = "The first line; oldest if nothing is said. A time: the first line since then.")
  private From from;

  @Option(
      names = "--to",
      paramLabel = "PLACE",
      converter = Place.class,
      description =
          "The last line; the newest if nothing is said. A time: the last line before that.")
  private @Nullable From to;

  @Option(
      names = "--json",
      description =
          "Write an object a line: seq, time, publisher, number, origin, and line, or base64 for"
              + " what is no UTF-8.")
  private boolean json;

  private final Supplier<OutputStream> output;

  JournalExportCommand() {
    this(StandardOutput::new);
  }

  JournalExportCommand(Supplier<OutputStream> output) {
    this.output = output;
  }

  /** Reads a place. */
  static final class Place implements ITypeConverter<From> {
    @Override
    public From convert(String value) {
      return From.parse(value)
          .filter(place -> !(place instanceof From.New))
          .orElseThrow(
              () ->
                  new TypeConversionException(
                      "'" + value + "' is not oldest, a number, -N or a time"));
    }
  }

  @Override
  public Integer call() {
    try (JournalFile journal = JournalFile.open(file);
        OutputStream out = output.get()) {
      ChannelSummary summary = channel(journal.channels());
      long first = journal.lineAt(summary, from);
      long last = lastLine(journal, summary);
      long lines = write(journal, first, last, out);
      out.flush();
      tellWhatIsGone(summary, Math.max(0, last - first + 1) - lines);
      return ExitCode.OK.code();
    } catch (IOException e) {
      if (StandardOutput.isReaderGone(e)) {
        return ExitCode.OK.code();
      }
      throw FileTrouble.report("cannot write to standard output", e);
    }
  }

  private ChannelSummary channel(List<ChannelSummary> channels) {
    return channels.stream()
        .filter(each -> each.name().equals(channel))
        .findFirst()
        .orElseThrow(
            () -> {
              String names =
                  channels.stream().map(ChannelSummary::name).collect(Collectors.joining(", "));
              return new ParameterException(
                  spec.commandLine(),
                  "--channel: " + file + " has no channel " + channel + "; it has: " + names);
            });
  }

  private long lastLine(JournalFile journal, ChannelSummary summary) {
    return switch (to) {
      case null -> summary.last();
      case From.New now -> summary.last();
      case From.Oldest oldest -> summary.first();
      case From.Line line -> Math.min(summary.last(), line.line());
      case From.Last last -> summary.last() - last.lines() + 1;
      case From.Since since -> journal.lineAt(summary, since) - 1;
    };
  }

  private long write(JournalFile journal, long first, long last, OutputStream out)
      throws IOException {
    try (JournalBar bar =
        StandardStream.OUTPUT.isTerminal() ? JournalBar.none() : JournalBar.ofLines("export")) {
      return write(journal, first, last, out, bar);
    }
  }

  private long write(JournalFile journal, long first, long last, OutputStream out, JournalBar bar)
      throws IOException {
    StoredLineJson object = new StoredLineJson();
    long total = last - first + 1;
    long[] done = {0};
    JournalFile.Receiver<IOException> receiver =
        (StoredLine line) -> {
          out.write(json ? object.write(line) : line.bytes());
          out.write('\n');
          if (++done[0] % LINES_BETWEEN_NEWS == 0) {
            bar.at("lines", done[0], total);
          }
        };
    return journal.read(channel, first, last, receiver);
  }

  private void tellWhatIsGone(ChannelSummary summary, long goneMeanwhile) {
    if (from instanceof From.Line asked && asked.line() < summary.first()) {
      say("lines " + asked.line() + " to " + (summary.first() - 1) + " are not kept any more");
    }
    if (goneMeanwhile > 0) {
      say(SendTally.lines(goneMeanwhile) + " were let go meanwhile");
    }
  }

  private void say(String words) {
    spec.commandLine().getErr().println("linecast journal export: " + words);
    spec.commandLine().getErr().flush();
  }
}
