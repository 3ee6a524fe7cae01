package io.linecast.kafka;

import io.linecast.broker.Door;
import io.linecast.broker.SmallKafka;
import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;

/** A Kafka of one broker, in this process. It may be stopped, and started again in its place. */
public final class TestBroker implements AutoCloseable {

  private final SmallKafka kafka;

  private TestBroker(SmallKafka kafka) {
    this.kafka = kafka;
  }

  /** Starts one whose files are in an empty folder. */
  public static TestBroker start(Path folder) {
    TestBroker broker = prepare(folder);
    broker.startAgain();
    return broker;
  }

  /** As above, to be started later: it is known already where it will be. */
  public static TestBroker prepare(Path folder) {
    return new TestBroker(SmallKafka.single(folder));
  }

  /** Sets something otherwise; before it starts. */
  public TestBroker with(Map<String, String> settings) {
    kafka.with(settings);
    return this;
  }

  /** Starts it after {@link #prepare} or {@link #stop}, with all that it had. */
  public void startAgain() {
    kafka.start();
  }

  /** Stops it, if it runs; its files stay. */
  public void stop() {
    kafka.stop();
  }

  /** Where it is, as {@code --journal} says it. */
  public String brokers() {
    return kafka.address();
  }

  /** Where it is through {@link #openDoor}. */
  String brokersThroughDoor() {
    return kafka.doorAddress();
  }

  /** Lets clients in by its door. */
  Door openDoor() {
    return kafka.openDoor();
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
