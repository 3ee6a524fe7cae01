package io.linecast.kafka;

import io.linecast.kafka.Health.Source;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.jspecify.annotations.Nullable;

/** Looks once a second how Kafka is, and where the partitions begin and end. */
final class Watch implements Runnable {

  private static final System.Logger LOG = System.getLogger(Watch.class.getName());
  private static final long LOOK_AGAIN_MILLIS = 1_000;
  private static final Duration MOST_SILENCE = Duration.ofSeconds(10);

  private final Admin admin;
  private final Topic topic;
  private final List<Returning> channels;
  private final Outstanding outstanding;
  private final Alarm alarm;
  private final Duration silence;
  private final CountDownLatch closing = new CountDownLatch(1);

  /**
   * The topic's id; null before it is known. Volatile: set by the thread that starts the server.
   */
  private volatile @Nullable String expectedId;

  /** Whether all channels are there. Volatile: as above. */
  private volatile boolean complete;

  /** Whether it has been looked whether there are more partitions than channels. */
  private boolean compared;

  private long lastAnswerNanos = System.nanoTime();

  Watch(
      Admin admin,
      Topic topic,
      List<Returning> channels,
      Outstanding outstanding,
      Alarm alarm,
      Duration patience) {
    this.admin = admin;
    this.topic = topic;
    this.channels = channels;
    this.outstanding = outstanding;
    this.alarm = alarm;
    this.silence = patience.compareTo(MOST_SILENCE) < 0 ? patience : MOST_SILENCE;
  }

  /** The topic has this id, as long as it is the same one. */
  void expect(String topicId) {
    expectedId = topicId;
  }

  /** All channels are there. */
  void onComplete() {
    complete = true;
  }

  @Override
  public void run() {
    try {
      while (!closing.await(LOOK_AGAIN_MILLIS, TimeUnit.MILLISECONDS)) {
        if (!channels.isEmpty()) {
          look();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException | Error e) {
      alarm.onFault(Source.WATCH, e);
    }
  }

  private void look() {
    try {
      Optional<TopicDescription> found = topic.describe();
      if (found.isEmpty()) {
        alarm.onTrouble(Source.WATCH, "there is no such topic any more");
        return;
      }
      if (!found.get().topicId().toString().equals(expectedId)) {
        alarm.onTrouble(
            Source.ENDED,
            "the topic has been made anew; start the server anew for a new numbering");
        return;
      }
      compare(found.get());
      lookAtOffsets();
      lastAnswerNanos = System.nanoTime();
      judge(found.get());
    } catch (KafkaException e) {
      if (System.nanoTime() - lastAnswerNanos > silence.toNanos()) {
        alarm.onTrouble(Source.WATCH, Words.of(e));
      }
    }
  }

  /** Says once what nobody would hear. */
  private void compare(TopicDescription found) {
    if (!complete || compared) {
      return;
    }
    compared = true;
    int partitions = found.partitions().size();
    if (partitions > channels.size()) {
      LOG.log(
          Level.WARNING,
          "topic %s has %d partitions, and there are channels for %d: what is in the others, and what other programs write there, is served to nobody"
              .formatted(found.name(), partitions, channels.size()));
    }
  }

  private void lookAtOffsets() {
    var begins = offsets(OffsetSpec.earliest(), IsolationLevel.READ_UNCOMMITTED);
    var stableEnds = offsets(OffsetSpec.latest(), IsolationLevel.READ_COMMITTED);
    var ends = offsets(OffsetSpec.latest(), IsolationLevel.READ_UNCOMMITTED);
    for (Returning each : channels) {
      KafkaJournal journal = each.journal();
      ListOffsetsResultInfo begin = begins.get(journal.partition());
      ListOffsetsResultInfo stableEnd = stableEnds.get(journal.partition());
      ListOffsetsResultInfo end = ends.get(journal.partition());
      if (begin != null && stableEnd != null && end != null) {
        journal.extent().onLook(begin.offset(), end.offset());
        lookWhetherHeldUp(journal, stableEnd.offset(), end.offset());
      }
    }
  }

  private Map<TopicPartition, ListOffsetsResultInfo> offsets(
      OffsetSpec which, IsolationLevel isolation) {
    Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
    channels.forEach(each -> asked.put(each.journal().partition(), which));
    return Topic.ask(admin.listOffsets(asked, new ListOffsetsOptions(isolation)).all());
  }

  private void lookWhetherHeldUp(KafkaJournal journal, long stableEnd, long end) {
    Holdup holdup = journal.holdup();
    if (holdup.onLook(stableEnd, end, outstanding.isWaiting(journal), System.nanoTime())) {
      LOG.log(
          Level.WARNING,
          journal.channel() + ": " + holdup.trouble().orElse("its lines can be heard again"));
      journal.onStateChanged();
    }
  }

  private void judge(TopicDescription found) {
    int needed = needed(found.name());
    for (TopicPartitionInfo each : found.partitions()) {
      if (each.partition() < channels.size() && each.isr().size() < needed) {
        alarm.onTrouble(
            Source.WATCH,
            "%d of the %d replicas of partition %d are in sync, %d must be"
                .formatted(each.isr().size(), each.replicas().size(), each.partition(), needed));
        return;
      }
    }
    alarm.onWell(Source.WATCH);
    if (alarm.has(Source.SENDING) && !outstanding.hasUnwritten()) {
      alarm.onWell(Source.SENDING); // nobody would try
    }
  }

  /** How many replicas must be in sync; 1 if this server may not know. */
  private int needed(String name) {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, name);
    try {
      Config config = Topic.ask(admin.describeConfigs(List.of(resource)).all()).get(resource);
      ConfigEntry entry =
          config == null ? null : config.get(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG);
      return entry == null ? 1 : Integer.parseInt(entry.value());
    } catch (KafkaException | NumberFormatException e) {
      return 1;
    }
  }

  void close() {
    closing.countDown();
  }
}
