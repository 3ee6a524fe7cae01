package io.linecast.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.InvalidReplicationFactorException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Nodes as processes: what is done to them shows. */
@Timeout(240)
class KafkaClusterIT {

  private static final Duration PATIENCE = Duration.ofSeconds(90);

  @TempDir Path folder;

  @Test
  void shouldHaveAnotherLeaderWhereOneIsKilledOrFrozenAndTakeItBack() throws Exception {
    try (KafkaCluster cluster = KafkaCluster.start(folder, 3);
        Admin admin = cluster.newAdmin()) {
      await().atMost(PATIENCE).pollInterval(Duration.ofMillis(500)).until(() -> isCreated(admin));
      cluster.awaitInSync("lines", 0, 3);
      int first = cluster.leader("lines", 0);

      cluster.kill(first);
      int second = cluster.leader("lines", 0);
      while (second == first) { // nobody knows yet
        second = cluster.leader("lines", 0);
      }
      cluster.startAgain(first);
      cluster.awaitUp(first);
      cluster.awaitInSync("lines", 0, 3);

      cluster.freeze(second);
      while (cluster.leader("lines", 0) == second) {
        Thread.onSpinWait();
      }
      cluster.thaw(second);
      cluster.awaitInSync("lines", 0, 3);
    }
  }

  /** A node that was held up for a moment is none for the cluster until it is heard of again. */
  private static boolean isCreated(Admin admin) throws Exception {
    try {
      admin.createTopics(List.of(new NewTopic("lines", 1, (short) 3))).all().get();
      return true;
    } catch (ExecutionException e) {
      return switch (e.getCause()) {
        case TopicExistsException before -> true; // its answer came too late
        case InvalidReplicationFactorException tooFew -> false;
        case TimeoutException late -> false;
        case null, default -> throw e;
      };
    }
  }

  @Test
  void shouldSayWhatANodeIsAsItIsRead() {
    Seat seat = new Seat(2, 9094, 9095, 9096);
    assertThat(seat).hasToString("2:9094:9095:9096");
    assertThat(Seat.parse(seat.toString())).isEqualTo(seat);
    assertThat(Seat.parse("1:9092:9093"))
        .hasToString("1:9092:9093")
        .isEqualTo(new Seat(1, 9092, 9093, 0));
    assertThatThrownBy(() -> Seat.parse("2:9094"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("2:9094");
  }
}
