package io.linecast.kafka;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.Feature;
import org.apache.kafka.server.common.MetadataVersion;
import org.jspecify.annotations.Nullable;

/** A Kafka of one broker, in this process. It may be stopped, and started again in its place. */
public final class TestBroker implements AutoCloseable {

  private final Path folder;
  private final int port;
  private final Properties settings = new Properties();
  private @Nullable KafkaRaftServer server;

  private TestBroker(Path folder, int port, int controllerPort) {
    this.folder = folder;
    this.port = port;
    settings.putAll(
        Map.ofEntries(
            Map.entry("process.roles", "broker,controller"),
            Map.entry("node.id", "1"),
            Map.entry("controller.quorum.voters", "1@127.0.0.1:" + controllerPort),
            Map.entry(
                "listeners",
                "PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort),
            Map.entry("controller.listener.names", "CONTROLLER"),
            Map.entry("log.dirs", folder.toString()),
            Map.entry("auto.create.topics.enable", "false"),
            Map.entry("offsets.topic.replication.factor", "1"),
            Map.entry("transaction.state.log.replication.factor", "1"),
            Map.entry("transaction.state.log.min.isr", "1"),
            Map.entry("transaction.state.log.num.partitions", "1"),
            Map.entry("log.cleaner.backoff.ms", "100"),
            Map.entry("log.retention.check.interval.ms", "200"),
            Map.entry("log.initial.task.delay.ms", "100"),
            Map.entry("file.delete.delay.ms", "100"),
            Map.entry("group.initial.rebalance.delay.ms", "0")));
  }

  /** Starts one whose files are in an empty folder. */
  public static TestBroker start(Path folder) {
    TestBroker broker = prepare(folder);
    broker.startAgain();
    return broker;
  }

  /** As above, to be started later: it is known already where it will be. */
  public static TestBroker prepare(Path folder) {
    TestBroker broker = new TestBroker(folder, freePort(), freePort());
    broker.format();
    return broker;
  }

  /** Runs one, in a folder that is named, until the process is killed; says where it is. */
  public static void main(String[] arguments) {
    TestBroker broker = start(Path.of(arguments[0]));
    System.out.println(broker.brokers());
    Runtime.getRuntime().addShutdownHook(new Thread(broker::close));
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void format() {
    Formatter formatter = new Formatter();
    formatter
        .setPrintStream(
            new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
        .setSupportedFeatures(Feature.PRODUCTION_FEATURES)
        .setNodeId(1)
        .setClusterId(Uuid.randomUuid().toString())
        .setControllerListenerName("CONTROLLER")
        .setDirectories(List.of(folder.toString()))
        .setMetadataLogDirectory(folder.toString())
        .setReleaseVersion(MetadataVersion.latestProduction());
    try {
      formatter.run();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** Starts it after {@link #prepare} or {@link #stop}, with all that it had. */
  public void startAgain() {
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

  /** Where it is, as {@code --journal} says it. */
  public String brokers() {
    return "127.0.0.1:" + port;
  }

  /** A client that may change everything. */
  public Admin admin() {
    return Admin.create(Map.<String, Object>of("bootstrap.servers", brokers()));
  }

  @Override
  public void close() {
    stop();
  }
}
