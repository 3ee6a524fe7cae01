package io.linecast.server;

import io.linecast.fuzz.Property;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The well-behaved clients of a server: one that hears plain lines, one that hears acknowledged
 * ones, and one whose lines both must have heard, whatever others do.
 */
final class Neighbours {

  private static final String NONCE = "neighbour";
  private static final List<String> OURS = List.of("before", "meanwhile", "after");

  private final VirtualServer server;
  private final VirtualSocket plain;
  private final VirtualSocket acknowledged;
  private final VirtualSocket writer;
  private List<String> published = List.of();

  /** They come before all others. */
  Neighbours(VirtualServer server) {
    this.server = server;
    this.plain = server.connect();
    this.acknowledged = server.connect();
    this.writer = server.connect();
    acknowledged.send(ascii("LINECAST/1 " + NONCE + "\n"));
    write(OURS.getFirst());
  }

  /** Whether it is one of the lines that they publish. */
  static boolean isOurs(String line) {
    return OURS.contains(line);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private void write(String line) {
    writer.send(ascii(line + "\n"));
    server.settle();
  }

  /** One more line is published. */
  void goOn() {
    write(OURS.get(1));
  }

  /** Says that all is dealt with; more may come of that, where a client waits for answers. */
  void sayDone() {
    long done = 0;
    for (long head = head(); head > done; head = head()) {
      acknowledged.send(ascii("DONE " + head + "\n"));
      server.settle();
      done = head;
    }
  }

  private long head() {
    return server.channel(ServerOptions.MAIN_CHANNEL).feed().head().line();
  }

  /** Publishes a last line, and sees whether all were heard: returns them by number. */
  Map<Long, String> end() {
    write(OURS.getLast());
    Map<Long, String> lines = new TreeMap<>();
    Heard.of(acknowledged.written(), NONCE)
        .lines()
        .forEach(line -> lines.put(line.line(), line.text()));
    List<String> numbered = List.copyOf(lines.values());
    List<String> heard = Heard.linesOf(plain.written());
    Property.require(
        heard.equals(numbered.stream().map(line -> line + "\n").toList()),
        () -> "one neighbour hears " + heard + ", the other " + numbered);
    Property.require(
        numbered.getFirst().equals(OURS.getFirst())
            && numbered.contains(OURS.get(1))
            && numbered.getLast().equals(OURS.getLast()),
        () -> "lines are missing in " + numbered);
    published = numbered.stream().filter(line -> !OURS.contains(line)).toList();
    return lines;
  }

  /** What others have published, once it has ended. */
  List<String> published() {
    return published;
  }
}
