package io.linecast.acceptance.journal;

import io.linecast.acceptance.ServerLauncher;
import io.linecast.acceptance.ServerUnderTest;
import io.linecast.broker.FreePorts;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Servers that share a topic, each at a port that it keeps. The test's thread's. */
final class SharedServers implements AutoCloseable {

  private final List<String> brokers;
  private final String topic;
  private final List<InetSocketAddress> addresses;
  private final List<ServerUnderTest> running = new ArrayList<>();

  /**
   * Starts them; the first one makes the topic.
   *
   * @param brokers how each of them finds the brokers
   */
  SharedServers(List<String> brokers, String topic) {
    this.brokers = brokers;
    this.topic = topic;
    addresses =
        brokers.stream()
            .map(_ -> new InetSocketAddress(InetAddress.getLoopbackAddress(), FreePorts.next()))
            .toList();
    try {
      for (int i = 0; i < brokers.size(); i++) {
        running.add(start(i));
      }
    } catch (RuntimeException | AssertionError e) {
      close();
      throw e;
    }
  }

  private ServerUnderTest start(int server) {
    return new ServerLauncher()
        .with("--port", Integer.toString(addresses.get(server).getPort()))
        .with("--journal", "kafka:" + brokers.get(server) + "/" + topic)
        .with("--kafka-replication", "3", "--journal-timeout", "5", "--heartbeat", "1")
        .start();
  }

  /** Where they are, running or not. */
  List<InetSocketAddress> addresses() {
    return addresses;
  }

  /** All of them, as a client is told. */
  String url() {
    return addresses.stream()
        .map(each -> each.getHostString() + ":" + each.getPort())
        .collect(Collectors.joining(",", "linecast://", ""));
  }

  int count() {
    return addresses.size();
  }

  void kill(int server) {
    ServerUnderTest killed = running.get(server);
    killed.program().signal("KILL");
    killed.program().exitCode(KafkaLoad.PATIENCE);
    killed.close();
  }

  /** After {@link #kill}, at the same port. */
  void startAgain(int server) {
    running.set(server, start(server));
  }

  /** Its sockets stay, and nobody answers at them. */
  void freeze(int server) {
    running.get(server).program().signal("STOP");
  }

  void thaw(int server) {
    running.get(server).program().signal("CONT");
  }

  /** All end in an orderly way, or so they should: their exit codes. */
  List<Integer> stop() {
    return running.stream().map(ServerUnderTest::stop).toList();
  }

  @Override
  public void close() {
    running.forEach(ServerUnderTest::close);
  }
}
