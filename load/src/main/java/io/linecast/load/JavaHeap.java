package io.linecast.load;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The heap of another Java process, through the JDK's jcmd. */
final class JavaHeap {
  private static final Pattern TOTAL = Pattern.compile("(?m)^Total\\s+\\d+\\s+(\\d+)");

  /** What a collector puts where dead objects were that it did not bother to close up. */
  private static final Pattern FILLER =
      Pattern.compile("(?m)^\\s*\\d+:\\s+\\d+\\s+(\\d+)\\s+\\S*jdk\\.internal\\.vm\\.Filler");

  private JavaHeap() {}

  /** What is alive after a collection, which this causes; empty if the process is not Java's. */
  static OptionalLong liveBytes(LocalProcess process) {
    Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    if (!Files.isExecutable(jcmd) || !process.isJava()) {
      return OptionalLong.empty();
    }
    try {
      Process command =
          new ProcessBuilder(jcmd.toString(), Long.toString(process.pid()), "GC.class_histogram")
              .redirectErrorStream(true)
              .start();
      String output = new String(command.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return total(output);
    } catch (IOException e) {
      return OptionalLong.empty();
    }
  }

  /** The total at the end of a class histogram, less what is only filled in. */
  static OptionalLong total(String histogram) {
    Matcher total = TOTAL.matcher(histogram);
    if (!total.find()) {
      return OptionalLong.empty();
    }
    long fillers =
        FILLER.matcher(histogram).results().mapToLong(row -> Long.parseLong(row.group(1))).sum();
    return OptionalLong.of(Long.parseLong(total.group(1)) - fillers);
  }
}
