package io.linecast.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A subscriber's process that is stopped as a whole: its kernel still answers for it. */
@BlackBox
class FrozenProcessIT {
  private static final String SUBSCRIBE = "exec 3<>/dev/tcp/$1/$2; exec cat <&3";

  @Test
  void shouldDelayNobodyWhileASubscriberIsFrozenAndGiveItEverythingOnceItRuns() {
    try (ServerUnderTest server = ServerUnderTest.usual();
        Program subscriber = Program.shell(SUBSCRIBE, server.host(), server.port());
        Crowd others = Crowd.joined(server, 3)) {
      awaitSubscribed(others, subscriber);
      int before = subscriber.stdout().length;
      subscriber.signal("STOP");
      Load load = new Load(others.members().subList(0, 1), 12_000, 1_000);
      load.sendInStep(others, 1_000);
      assertThat(subscriber.stdout()).as("heard while frozen").hasSize(before);
      subscriber.signal("CONT");
      int expected = before + load.linesEach() * load.lineBytes();
      await("everything").until(() -> subscriber.stdout().length >= expected);
      Transcript transcript = transcriptOf(subscriber.stdout());
      assertThat(transcript.fault()).isEmpty();
      assertThat(transcript.count()).isEqualTo(load.linesEach());
    }
  }

  @Test
  void shouldDropAFrozenSubscriberThatIsAWholeWindowBehindAndNobodyElse() {
    try (ServerUnderTest server = ServerUnderTest.start("--window", "1m");
        Program subscriber = Program.shell(SUBSCRIBE, server.host(), server.port());
        Crowd others = Crowd.joined(server, 3)) {
      awaitSubscribed(others, subscriber);
      subscriber.signal("STOP");
      Load load = new Load(others.members().subList(0, 1), 24_000, 1_000);
      load.sendInStep(others, 200);
      await("word of the slow client").until(() -> server.output().contains("slow"));
      subscriber.signal("CONT");
      subscriber.exitCode(Duration.ofSeconds(10));
      Transcript transcript = transcriptOf(subscriber.stdout());
      assertThat(transcript.fault()).isEmpty();
      assertThat(transcript.count()).isLessThan(load.linesEach());
    }
  }

  private static void awaitSubscribed(Crowd others, Program subscriber) {
    await("the subscriber hears")
        .until(
            () -> {
              others.member(2).send((Fence.line(Fence.next()) + "\n").getBytes(UTF_8));
              return subscriber.stdout().length > 0;
            });
    int last = Fence.next();
    others.member(2).send((Fence.line(last) + "\n").getBytes(UTF_8));
    await("the subscriber hears the last fence")
        .until(() -> subscriber.stdoutText().endsWith(Fence.line(last) + "\n"));
  }

  /** What the whole lines say; one that was cut off at the very end is no fault. */
  private static Transcript transcriptOf(byte[] bytes) {
    Transcript transcript = new Transcript();
    int start = 0;
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '\n') {
        transcript.hear(bytes, start, i);
        start = i + 1;
      }
    }
    return transcript;
  }
}
