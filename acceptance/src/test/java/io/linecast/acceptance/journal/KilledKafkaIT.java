package io.linecast.acceptance.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.linecast.acceptance.BlackBox;
import io.linecast.broker.KafkaCluster;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three brokers and two servers: under load one of them is killed without warning, frozen, or cut
 * off from the brokers, again and again, and comes back.
 *
 * <p>{@code -Dlinecast.kills=200 -Dlinecast.seed=…} for more, and for the same again.
 */
@BlackBox
class KilledKafkaIT {

  /** What happens, in turns. */
  private enum Fault {
    LEADER_KILLED,
    FOLLOWER_KILLED,
    SERVER_KILLED,
    SERVER_FROZEN,
    SERVER_CUT_OFF,
    LEADER_FROZEN
  }

  private static final int FAULTS = JournalLoad.times(Fault.values().length);
  private static final int BROKERS = 3;
  private static final int SERVERS = 2; // of which the second one can be cut off
  private static final int LINES_BETWEEN = 800;
  private static final int MOST_AWAY_MILLIS = 1_500;

  /** Some are longer than brokers and clients have patience with one that is silent. */
  private static final int MOST_FROZEN_MILLIS = 5_000;

  private static final String HEADER =
      "| seed | leader killed | follower killed | server killed | server frozen | server cut off"
          + " | leader frozen | acknowledged | refused | repeated | lost | doubled | disagreed |";

  private final long seed =
      Long.getLong("linecast.seed", ThreadLocalRandom.current().nextLong(1L << 40));
  private final Random random = new Random(seed);
  private final Map<Fault, Integer> done = new EnumMap<>(Fault.class);

  @TempDir Path folder;

  @Test
  @Timeout(value = 4, unit = TimeUnit.HOURS)
  void shouldKeepWhatItHasAcknowledgedAndAgreeOnIt() {
    System.out.println("brokers and servers are killed, seed " + seed);
    try (KafkaCluster cluster = KafkaCluster.start(folder, BROKERS);
        SharedServers servers =
            new SharedServers(
                List.of(cluster.brokers(), cluster.brokersThroughDoors()), KafkaLoad.TOPIC)) {
      KafkaLoad load = new KafkaLoad(cluster, servers, seed);
      load.begin();
      List<Fault> turn = List.of();
      for (int i = 0; i < FAULTS; i++) {
        if (i % Fault.values().length == 0) {
          turn = new ArrayList<>(List.of(Fault.values()));
          Collections.shuffle(turn, random);
        }
        load.awaitAcknowledged(random.nextInt(LINES_BETWEEN));
        Fault fault = turn.get(i % turn.size());
        begin(fault, cluster, servers, load);
        done.merge(fault, 1, Integer::sum);
      }
      load.awaitAcknowledged(LINES_BETWEEN);
      KafkaLoad.End end = load.endAndCompare();
      System.out.println(HEADER);
      System.out.println(row(end));
      assertThat(servers.stop()).containsOnly(0);
    }
  }

  private void begin(Fault fault, KafkaCluster cluster, SharedServers servers, KafkaLoad load) {
    int server = random.nextInt(SERVERS);
    int leader = cluster.leader(KafkaLoad.TOPIC, 0);
    switch (fault) {
      case LEADER_KILLED -> killBroker(leader, cluster, load);
      case FOLLOWER_KILLED -> {
        int follower = (leader + random.nextInt(BROKERS - 1)) % BROKERS + 1; // any but the leader
        killBroker(follower, cluster, load);
      }
      case SERVER_KILLED -> {
        servers.kill(server);
        load.pass(Duration.ofMillis(random.nextInt(MOST_AWAY_MILLIS)));
        servers.startAgain(server);
      }
      case SERVER_FROZEN -> {
        servers.freeze(server);
        load.pass(Duration.ofMillis(random.nextInt(MOST_FROZEN_MILLIS)));
        servers.thaw(server);
      }
      case SERVER_CUT_OFF -> {
        cluster.shutDoors();
        load.pass(Duration.ofMillis(random.nextInt(MOST_FROZEN_MILLIS)));
        cluster.openDoors();
      }
      case LEADER_FROZEN -> {
        cluster.freeze(leader);
        load.pass(Duration.ofMillis(random.nextInt(MOST_FROZEN_MILLIS)));
        cluster.thaw(leader);
        cluster.awaitInSync(KafkaLoad.TOPIC, 0, BROKERS);
      }
    }
  }

  /** The next fault comes only when it has all again: two at a time is more than is promised. */
  private void killBroker(int broker, KafkaCluster cluster, KafkaLoad load) {
    cluster.kill(broker);
    load.pass(Duration.ofMillis(random.nextInt(MOST_AWAY_MILLIS)));
    cluster.startAgain(broker);
    cluster.awaitUp(broker);
    cluster.awaitInSync(KafkaLoad.TOPIC, 0, BROKERS);
  }

  private String row(KafkaLoad.End end) {
    Outcome outcome = end.outcome();
    return "| %d | %s | %d | %d | %d | %d | %d | %d |"
        .formatted(
            seed,
            String.join(
                " | ",
                List.of(Fault.values()).stream()
                    .map(fault -> Integer.toString(done.getOrDefault(fault, 0)))
                    .toList()),
            outcome.acknowledged(),
            outcome.refused(),
            end.repeated(),
            outcome.lost().size(),
            end.doubled().size(),
            end.disagreed() + outcome.forgotten().size());
  }
}
