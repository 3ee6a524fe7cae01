package io.linecast.kafka;

import io.linecast.core.JournalException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidPartitionsException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** A topic, made and extended as needed. */
final class Topic {

  /** With so many replicas one may fail, and lines are still on two. */
  private static final int REPLICAS_OF_WHICH_TWO_SYNCED = 3;

  private final Admin admin;
  private final TopicPlace place;
  private final int replication;

  /**
   * As it is.
   *
   * @param replication on how many brokers it is if it is made; 0: as they have it
   */
  Topic(Admin admin, TopicPlace place, int replication) {
    this.admin = admin;
    this.place = place;
    this.replication = replication;
  }

  /** Sees to it that it has so many partitions at least; false if that is not seen yet. */
  boolean ensure(int partitions) {
    Optional<TopicDescription> found = describe();
    if (found.isEmpty()) {
      create(partitions);
      return false;
    }
    if (found.get().partitions().size() < partitions) {
      extend(partitions);
      return false;
    }
    return true;
  }

  /** Empty if there is no such topic. */
  Optional<TopicDescription> describe() {
    try {
      return Optional.ofNullable(
          ask(admin.describeTopics(List.of(place.topic())).allTopicNames()).get(place.topic()));
    } catch (UnknownTopicOrPartitionException e) {
      return Optional.empty();
    }
  }

  private void create(int partitions) {
    NewTopic made =
        new NewTopic(
            place.topic(),
            Optional.of(partitions),
            replication == 0 ? Optional.empty() : Optional.of((short) replication));
    if (replication >= REPLICAS_OF_WHICH_TWO_SYNCED) {
      made.configs(Map.of("min.insync.replicas", "2"));
    }
    try {
      ask(admin.createTopics(List.of(made)).all());
    } catch (TopicExistsException e) {
      // another server was faster
    }
  }

  private void extend(int partitions) {
    try {
      ask(
          admin
              .createPartitions(Map.of(place.topic(), NewPartitions.increaseTo(partitions)))
              .all());
    } catch (InvalidPartitionsException e) {
      // another server was faster
    }
  }

  /** What Kafka answers, or why it does not. */
  static <T> T ask(org.apache.kafka.common.KafkaFuture<T> future) {
    try {
      return future.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof KafkaException failure) {
        throw failure;
      }
      throw new KafkaException(String.valueOf(e.getCause()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new JournalException(false, "interrupted while Kafka was asked", e);
    }
  }
}
