package io.linecast.broker;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.Feature;
import org.apache.kafka.server.common.MetadataVersion;
import org.jspecify.annotations.Nullable;

/**
 * A node of a Kafka, broker and controller, in this process. It may be stopped, and started again
 * in its place. For one thread.
 *
 * <p>It is set to notice quickly that another node is gone, and to begin quickly; not to be fast.
 */
public final class SmallKafka implements AutoCloseable {

  private static final String CONTROLLER = "CONTROLLER";
  private static final int MOST_REPLICAS = 3;

  private final Path folder;
  private final Seat seat;
  private final Properties settings = new Properties();
  private @Nullable KafkaRaftServer server;

  /**
   * Not running yet.
   *
   * @param folder where its files are; made ready if it is empty or not there
   * @param clusterId of the cluster that its files are for, if they are made
   * @param id which of the nodes it is
   * @param nodes all of the cluster
   */
  public SmallKafka(Path folder, String clusterId, int id, List<Seat> nodes) {
    this.folder = folder;
    this.seat =
        nodes.stream()
            .filter(node -> node.id() == id)
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("no node " + id + " in " + nodes));
    settings.putAll(settings(folder, seat, nodes));
    if (isEmpty(folder)) {
      format(folder, clusterId, id);
    }
  }

  /** One that is alone, and will be at a free port. */
  public static SmallKafka single(Path folder) {
    return new SmallKafka(folder, newClusterId(), 1, Seat.free(1));
  }

  /** Sets something otherwise, from the next start on; as its documentation has it. */
  public SmallKafka with(Map<String, String> some) {
    settings.putAll(some);
    return this;
  }

  /** A name for a new cluster. */
  public static String newClusterId() {
    return Uuid.randomUuid().toString();
  }

  private static Map<String, String> settings(Path folder, Seat seat, List<Seat> nodes) {
    String replicas = Integer.toString(Math.min(MOST_REPLICAS, nodes.size()));
    String voters =
        nodes.stream()
            .map(node -> node.id() + "@127.0.0.1:" + node.controllerPort())
            .collect(Collectors.joining(","));
    String clients = "CLIENTS://" + seat.address();
    String advertised = clients + (seat.hasDoor() ? ",DOOR://" + seat.doorAddress() : "");
    String bound = clients + (seat.hasDoor() ? ",DOOR://127.0.0.2:" + seat.doorPort() : "");
    String controller = ",CONTROLLER://127.0.0.1:" + seat.controllerPort();
    return Map.ofEntries(
        Map.entry("process.roles", "broker,controller"),
        Map.entry("node.id", Integer.toString(seat.id())),
        Map.entry("controller.quorum.voters", voters),
        Map.entry("listeners", bound + controller),
        Map.entry("advertised.listeners", advertised),
        Map.entry(
            "listener.security.protocol.map",
            "CLIENTS:PLAINTEXT,DOOR:PLAINTEXT,CONTROLLER:PLAINTEXT"),
        Map.entry("inter.broker.listener.name", "CLIENTS"),
        Map.entry("controller.listener.names", CONTROLLER),
        Map.entry("log.dirs", folder.toString()),
        Map.entry("auto.create.topics.enable", "false"),
        Map.entry("offsets.topic.replication.factor", replicas),
        Map.entry("transaction.state.log.replication.factor", replicas),
        Map.entry("transaction.state.log.min.isr", "1"),
        Map.entry("transaction.state.log.num.partitions", "1"),
        Map.entry("log.cleaner.backoff.ms", "100"),
        Map.entry("log.cleaner.dedupe.buffer.size", "4194304"),
        Map.entry("log.retention.check.interval.ms", "200"),
        Map.entry("log.initial.task.delay.ms", "100"),
        Map.entry("file.delete.delay.ms", "100"),
        Map.entry("group.initial.rebalance.delay.ms", "0"),
        Map.entry("broker.heartbeat.interval.ms", "500"),
        Map.entry("broker.session.timeout.ms", "3000"),
        Map.entry("replica.lag.time.max.ms", "5000"));
  }

  private static boolean isEmpty(Path folder) {
    try {
      Files.createDirectories(folder);
      try (var files = Files.list(folder)) {
        return files.findAny().isEmpty();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void format(Path folder, String clusterId, int id) {
    Formatter formatter = new Formatter();
    formatter
        .setPrintStream(
            new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
        .setSupportedFeatures(Feature.PRODUCTION_FEATURES)
        .setNodeId(id)
        .setClusterId(clusterId)
        .setControllerListenerName(CONTROLLER)
        .setDirectories(List.of(folder.toString()))
        .setMetadataLogDirectory(folder.toString())
        .setReleaseVersion(MetadataVersion.latestProduction());
    try {
      formatter.run();
    } catch (Exception e) { // it declares no narrower one
      throw new IllegalStateException("cannot make a Kafka in " + folder, e);
    }
  }

  /** Starts it, for the first time or with all that it had; waits until clients are served. */
  public void start() {
    KafkaRaftServer next = new KafkaRaftServer(new KafkaConfig(settings), Time.SYSTEM);
    server = next;
    next.startup();
  }

  /** Stops it, if it runs; its files stay. */
  public void stop() {
    KafkaRaftServer running = server;
    server = null;
    if (running != null) {
      running.shutdown();
      running.awaitShutdown();
    }
  }

  /** Where clients find it. */
  public String address() {
    return seat.address();
  }

  /** Where clients find it through {@link #openDoor}. */
  public String doorAddress() {
    return seat.doorAddress();
  }

  /** Lets clients in by its door; to be closed by whoever asks for it. */
  public Door openDoor() {
    return seat.openDoor();
  }

  /** Where its files are. */
  public Path folder() {
    return folder;
  }

  @Override
  public void close() {
    stop();
  }

  /** Runs one until the process is told to end. */
  public static void main(String[] arguments) {
    SmallKafkaMain.run(arguments);
  }
}
