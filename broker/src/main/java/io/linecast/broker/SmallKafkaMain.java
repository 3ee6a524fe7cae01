package io.linecast.broker;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** A node as a process of its own. */
final class SmallKafkaMain {

  /** What it begins to say when clients are served. */
  static final String UP = "kafka at ";

  private static final String USAGE =
      """
      Usage: SmallKafka --folder FOLDER [--id N] [--nodes ID:PORT:CONTROLLER-PORT[:DOOR-PORT],…] [--cluster ID] [--with-input]
        --folder      where its files are; made ready if it is empty or not there
        --id          which of the nodes it is; 1
        --nodes       all nodes, on 127.0.0.1; 1:9092:9093
        --cluster     the cluster's name (22 characters of base64); the same for all nodes; any if there is one node
        --with-input  ends when its input does: with the process that has started it
      """;
  private static final String WITH_INPUT = "--with-input";
  private static final Set<String> OPTIONS = Set.of("--folder", "--id", "--nodes", "--cluster");
  private static final int MISUSED = 2;

  private SmallKafkaMain() {}

  static void run(String[] arguments) {
    SmallKafka kafka;
    Set<String> words = new HashSet<>(List.of(arguments));
    try {
      kafka = of(arguments);
    } catch (IllegalArgumentException e) {
      System.err.println("SmallKafka: " + e.getMessage());
      System.err.print(USAGE);
      System.exit(MISUSED);
      return;
    }
    if (words.contains(WITH_INPUT)) {
      Thread.ofPlatform().daemon().name("input").start(SmallKafkaMain::endWithInput);
    }
    Runtime.getRuntime().addShutdownHook(new Thread(kafka::close));
    kafka.start();
    System.out.println(UP + kafka.address());
  }

  private static SmallKafka of(String[] arguments) {
    Map<String, String> options = options(arguments);
    String folder = options.get("--folder");
    if (folder == null) {
      throw new IllegalArgumentException("--folder is missing");
    }
    List<Seat> nodes =
        Stream.of(options.getOrDefault("--nodes", "1:9092:9093").split(","))
            .map(Seat::parse)
            .toList();
    String cluster = options.getOrDefault("--cluster", "");
    if (cluster.isEmpty() && nodes.size() > 1) {
      throw new IllegalArgumentException("--cluster is missing: the nodes' name must be the same");
    }
    return new SmallKafka(
        Path.of(folder),
        cluster.isEmpty() ? SmallKafka.newClusterId() : cluster,
        Integer.parseInt(options.getOrDefault("--id", "1")),
        nodes);
  }

  private static Map<String, String> options(String[] arguments) {
    Map<String, String> options = new HashMap<>();
    for (int i = 0; i < arguments.length; i++) {
      if (arguments[i].equals(WITH_INPUT)) {
        continue;
      }
      if (!OPTIONS.contains(arguments[i]) || i + 1 == arguments.length) {
        throw new IllegalArgumentException("not understood: " + arguments[i]);
      }
      options.put(arguments[i], arguments[++i]);
    }
    return options;
  }

  /** Nobody is there any more: at once, as if it were killed. */
  private static void endWithInput() {
    try {
      while (System.in.read() >= 0) {
        // nobody says anything
      }
    } catch (IOException e) {
      // as if it had ended
    }
    Runtime.getRuntime().halt(1);
  }
}
