package io.linecast.load;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;

/** Loads a line server by a fixed schedule, and reports what came back of it and how late. */
public final class LoadMain {
  private static final int CLEAN = 0;
  private static final int LOST = 1;
  private static final int USAGE = 2;

  private LoadMain() {}

  public static void main(String[] words) {
    System.exit(run(List.of(words)));
  }

  private static int run(List<String> words) {
    try {
      LoadOptions options = LoadOptions.parse(words);
      LoadReport report = LoadReport.of(options, new LoadRun(options).run());
      System.out.print(report.toTable());
      if (options.json().isPresent()) {
        Files.writeString(options.json().get(), report.toJson());
      }
      return report.clean() ? CLEAN : LOST;
    } catch (UsageException e) {
      System.err.println(e.getMessage());
      System.err.print(LoadOptions.USAGE);
      return USAGE;
    } catch (LoadFailure | IOException e) {
      System.err.println(e.getMessage());
      return LOST;
    }
  }
}
