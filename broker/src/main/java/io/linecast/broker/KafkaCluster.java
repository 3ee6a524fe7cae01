package io.linecast.broker;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * A Kafka of several processes, whose nodes may be killed, frozen, and started again. They end with
 * this process. Has no topic at first. For one thread.
 */
public final class KafkaCluster implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final int ANSWER_MILLIS = 5_000;
  private static final long LOOK_AGAIN_NANOS = Duration.ofMillis(50).toNanos();

  private final String id = SmallKafka.newClusterId();
  private final Path folder;
  private final List<Seat> seats;
  private final Map<Integer, BrokerProcess> processes = new TreeMap<>();
  private final List<Door> doors;
  private final Admin admin;

  private KafkaCluster(Path folder, int nodes) {
    this.folder = folder;
    this.seats = Seat.free(nodes);
    this.doors = seats.stream().map(Seat::openDoor).toList();
    this.admin = newAdmin();
  }

  /**
   * Starts one; waits until all nodes serve.
   *
   * @param folder where all its files will be
   * @param nodes how many
   */
  public static KafkaCluster start(Path folder, int nodes) {
    KafkaCluster cluster = new KafkaCluster(folder, nodes);
    try {
      cluster.seats.forEach(seat -> cluster.begin(seat.id()));
      cluster.processes.values().forEach(BrokerProcess::awaitUp);
      return cluster;
    } catch (IllegalStateException e) {
      cluster.close();
      throw e;
    }
  }

  private void begin(int node) {
    Seat seat = seats.get(node - 1);
    processes.put(node, BrokerProcess.start(folder, id, seat, seats));
  }

  /** The nodes' numbers: from 1 on. */
  public List<Integer> nodes() {
    return seats.stream().map(Seat::id).toList();
  }

  /** Where it is, as {@code bootstrap.servers} says it. */
  public String brokers() {
    return seats.stream().map(Seat::address).collect(Collectors.joining(","));
  }

  /** The same for those who are to be cut off now and then. */
  public String brokersThroughDoors() {
    return seats.stream().map(Seat::doorAddress).collect(Collectors.joining(","));
  }

  /** Cuts off who comes through the doors: nothing passes any more, and nobody is told. */
  public void shutDoors() {
    doors.forEach(Door::shut);
  }

  /** Lets pass what comes through the doors, and what has come. */
  public void openDoors() {
    doors.forEach(Door::open);
  }

  /** A client that may change everything; to be closed by whoever asks for it. */
  public Admin newAdmin() {
    return Admin.create(
        Map.<String, Object>of(
            "bootstrap.servers",
            brokers(),
            "request.timeout.ms",
            ANSWER_MILLIS,
            "default.api.timeout.ms",
            ANSWER_MILLIS));
  }

  /** Kills a node without warning, frozen or not. */
  public void kill(int node) {
    process(node).kill();
  }

  /** Asks a node to end in an orderly way; waits until it has. */
  public void stop(int node) {
    process(node).stop();
  }

  /** Holds a node: its sockets stay, and nobody answers at them. */
  public void freeze(int node) {
    process(node).freeze();
  }

  /** Lets a node that was frozen go on. */
  public void thaw(int node) {
    process(node).thaw();
  }

  /** Starts a node that has ended, with its files; {@link #awaitUp} waits for it. */
  public void startAgain(int node) {
    if (process(node).isRunning()) {
      throw new IllegalStateException("node " + node + " runs");
    }
    begin(node);
  }

  /** Waits until a node that was started again serves. */
  public void awaitUp(int node) {
    process(node).awaitUp();
  }

  private BrokerProcess process(int node) {
    BrokerProcess process = processes.get(node);
    if (process == null) {
      throw new IllegalArgumentException("no node " + node);
    }
    return process;
  }

  /** Which node leads a partition; waits until one does. */
  public int leader(String topic, int partition) {
    return await(
        "a leader of " + topic,
        info -> Optional.ofNullable(info.leader()).filter(it -> !it.isEmpty()).map(Node::id),
        topic,
        partition);
  }

  /** Waits until so many replicas of a partition have all that is acknowledged. */
  public void awaitInSync(String topic, int partition, int replicas) {
    await(
        replicas + " replicas of " + topic + " in sync",
        info -> info.isr().size() >= replicas ? Optional.of(true) : Optional.empty(),
        topic,
        partition);
  }

  private <T> T await(
      String what, Function<TopicPartitionInfo, Optional<T>> answer, String topic, int partition) {
    long giveUp = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() - giveUp < 0) {
      Optional<T> found = describe(topic, partition).flatMap(answer);
      if (found.isPresent()) {
        return found.get();
      }
      LockSupport.parkNanos(LOOK_AGAIN_NANOS);
    }
    throw new IllegalStateException("waited in vain for " + what);
  }

  private Optional<TopicPartitionInfo> describe(String topic, int partition) {
    try {
      return admin.describeTopics(List.of(topic)).allTopicNames().get().values().stream()
          .flatMap(found -> found.partitions().stream())
          .filter(info -> info.partition() == partition)
          .findFirst();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RetriableException
          || e.getCause() instanceof UnknownTopicOrPartitionException) {
        return Optional.empty();
      }
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Kills all. */
  @Override
  public void close() {
    admin.close(Duration.ZERO);
    processes.values().forEach(BrokerProcess::kill);
    doors.forEach(Door::close);
  }

  /**
   * Runs one until the process is told to end: {@code KafkaCluster FOLDER NODES}. Says where it is
   * when it is up.
   */
  public static void main(String[] arguments) throws InterruptedException {
    if (arguments.length != 2) {
      System.err.println("Usage: KafkaCluster FOLDER NODES");
      System.exit(2);
    }
    KafkaCluster cluster = start(Path.of(arguments[0]), Integer.parseInt(arguments[1]));
    Runtime.getRuntime().addShutdownHook(new Thread(cluster::close));
    System.out.println(SmallKafkaMain.UP + cluster.brokers());
    new CountDownLatch(1).await();
  }
}
