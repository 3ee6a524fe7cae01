package io.linecast.cli;

import io.linecast.core.JournalException;
import io.linecast.sqlite.JournalAppender;
import io.linecast.sqlite.StoredLine;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code linecast journal import}: appends lines to a file that no server has open. */
@Command(
    name = "import",
    description = {
      "Appends lines to a channel of a file that no server has open, under the numbers that follow;"
          + " makes the file if there is none.",
    },
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    sortOptions = false,
    usageHelpWidth = 100,
    footer = {
      "",
      "Objects are as export --json writes them. Time, publisher, number and origin stay, seq is given"
          + " anew; a time that falls becomes that of the line before.",
      "",
      "Exit codes: 0 imported, 2 wrong options, 6 a line is too long or wrong, or the input cannot be"
          + " read, 18 the file is open elsewhere, is no journal or cannot be written. What was"
          + " imported before a wrong line is said.",
      "",
      "Examples:",
      "  linecast journal import lines.db < feed.txt",
      "  linecast journal import lines.db --channel ships ships.txt",
      "  linecast journal export old.db --json | linecast journal import new.db --json",
    })
final class JournalImportCommand implements Callable<Integer> {

  private static final String ORIGIN = "import";
  private static final int LINES_BETWEEN_NEWS = 1_000;
  private static final long MOST_MAX_LINE = 1 << 20;

  /** An object is so much longer than its line at most: each byte may be written as six. */
  private static final int JSON_FACTOR = 6;

  private static final int JSON_EXTRA_BYTES = 4_096;

  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "FILE", description = "The file, without 'sqlite:'.")
  private Path file;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "INPUT",
      defaultValue = "-",
      description = "Where the lines are. -: standard input.")
  private String input;

  @Option(
      names = "--channel",
      paramLabel = "NAME",
      defaultValue = "main",
      description = "Where they go. It is made if there is none.")
  private String channel;

  @Option(names = "--json", description = "The lines are objects, as export --json writes them.")
  private boolean json;

  @Option(
      names = "--max-line",
      paramLabel = "SIZE",
      defaultValue = "64k",
      converter = Size.Converter.class,
      description = "The longest line, with its line feed; as serve --max-line. Up to 1m.")
  private Size maxLine;

  private final InstantSource clock = InstantSource.system();
  private final StoredLineJson object = new StoredLineJson();

  /** Of the input's lines, the one at hand; from 1. */
  private long number;

  @Override
  public Integer call() {
    if (maxLine.bytes() < 1 || maxLine.bytes() > MOST_MAX_LINE) {
      throw new ParameterException(
          spec.commandLine(), "--max-line must be 1 to " + MOST_MAX_LINE + " bytes");
    }
    LineSource source = LineSource.of(List.of(input)).getFirst();
    source.check();
    try (InputStream in = source.open();
        JournalAppender appender = JournalAppender.open(file, channel)) {
      return append(source, in, appender);
    } catch (IOException e) {
      throw FileTrouble.report("cannot read " + source, e);
    }
  }

  private int append(LineSource source, InputStream in, JournalAppender appender) {
    ByteLines lines = new ByteLines(in, () -> {});
    try (JournalBar bar = JournalBar.ofBytes("import", source.isTyped())) {
      appendAll(lines, source.bytes(), appender, bar);
    } catch (IllegalArgumentException e) {
      say(source + ", line " + number + ": " + e.getMessage() + "; " + imported(appender));
      return ExitCode.FILE.code();
    } catch (IOException e) {
      say("cannot read " + source + ": " + e.getMessage() + "; " + imported(appender));
      return ExitCode.FILE.code();
    } catch (JournalException e) {
      say(e.getMessage() + "; " + imported(appender));
      return ExitCode.JOURNAL.code();
    }
    say(number == 0 ? "there was no line" : imported(appender));
    return ExitCode.OK.code();
  }

  private void appendAll(ByteLines lines, long total, JournalAppender appender, JournalBar bar)
      throws IOException {
    int most = (int) maxLine.bytes() - 1;
    int mostRead = json ? JSON_FACTOR * most + JSON_EXTRA_BYTES : most;
    long bytes = 0;
    while (lines.next(mostRead)) {
      number++;
      requireLength(lines.isTooLong() ? lines.lengthBytes() : 0, mostRead);
      StoredLine line = line(lines.line());
      requireLength(line.bytes().length, most);
      appender.add(line);
      bytes += lines.lengthBytes() + 1;
      if (number % LINES_BETWEEN_NEWS == 0) {
        bar.at("lines", bytes, total);
      }
    }
    appender.commit();
  }

  private static void requireLength(long length, int most) {
    if (length > most) {
      throw new IllegalArgumentException(
          "it is too long: %,d bytes; at most %,d (--max-line)".formatted(length, most));
    }
  }

  private StoredLine line(byte[] bytes) {
    return json
        ? object.read(bytes, clock.instant())
        : new StoredLine(
            0, clock.instant(), Optional.empty(), OptionalLong.empty(), Optional.of(ORIGIN), bytes);
  }

  /** How far it has come: as many lines of the input, from the first on. */
  private String imported(JournalAppender appender) {
    long first = appender.firstLine();
    long last = appender.committedLast();
    return last < first
        ? "nothing was imported"
        : "%s imported, as %d to %d of channel %s"
            .formatted(SendTally.lines(last - first + 1), first, last, channel);
  }

  private void say(String words) {
    spec.commandLine().getErr().println("linecast journal import: " + SafeText.of(words));
    spec.commandLine().getErr().flush();
  }
}
