package io.linecast.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Lines that the world sent: each feed of the data folder, byte for byte. */
@BlackBox
@ParameterizedClass
@MethodSource("io.linecast.acceptance.Transport#underTest")
class RealFeedsIT {
  private static final String FOLDER_VARIABLE = "LINECAST_DATA";
  private static final int SENDERS = 4;
  private static final int PIECE_MAX = 5_000;
  private static final long SEED = 20_260_103;

  private static ServerUnderTest server;

  @Parameter Transport transport;

  @BeforeEach
  void assumeData() {
    assumeTrue(folder() != null, FOLDER_VARIABLE + " names no folder of real feeds");
  }

  @BeforeParameterizedClassInvocation
  static void start(Transport transport) {
    server = ServerUnderTest.usual(transport);
  }

  @AfterParameterizedClassInvocation
  static void stop() {
    server.close();
  }

  static Stream<Path> feeds() throws IOException {
    String folder = folder();
    if (folder == null) {
      return Stream.of(Path.of("no feed"));
    }
    try (Stream<Path> files = Files.list(Path.of(folder))) {
      return files.filter(file -> file.toString().endsWith(".txt")).sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("feeds")
  void shouldRelayAFeedByteForByte(Path feed) throws IOException {
    byte[] bytes = Files.readAllBytes(feed);
    try (LineClient sender = server.connect();
        LineClient listener = server.connect();
        ExecutorService background = Executors.newVirtualThreadPerTaskExecutor()) {
      Fence.gather(server, sender, listener);
      background.submit(
          () -> {
            sendInPieces(sender, bytes, SEED);
            sender.halfClose();
          });
      byte[] expected = withLastLineFeed(bytes);
      ByteArrayOutputStream heard = new ByteArrayOutputStream();
      while (heard.size() < expected.length) {
        heard.writeBytes(listener.hearBytes());
        heard.write('\n');
      }
      assertThat(LineHashes.sha256(heard.toByteArray())).isEqualTo(LineHashes.sha256(expected));
    }
  }

  @ParameterizedTest
  @MethodSource("feeds")
  void shouldRelayAFeedFromSeveralSendersAtOnce(Path feed) throws Exception {
    List<byte[]> lines = LineHashes.split(Files.readAllBytes(feed));
    try (ExecutorService background = Executors.newVirtualThreadPerTaskExecutor()) {
      List<LineClient> clients = LineClient.joined(server, SENDERS + 2);
      List<Future<LineHashes>> hearing = new ArrayList<>();
      for (LineClient listener : clients) {
        int senders = clients.indexOf(listener) < SENDERS ? SENDERS - 1 : SENDERS;
        hearing.add(background.submit(() -> LineHashes.hear(listener, senders * lines.size())));
      }
      for (int i = 0; i < SENDERS; i++) {
        LineClient sender = clients.get(i);
        byte[] bytes = LineHashes.tagged(lines, i);
        long seed = SEED + i;
        background.submit(() -> sendInPieces(sender, bytes, seed));
      }
      String expected = LineHashes.of(lines);
      for (int listener = 0; listener < clients.size(); listener++) {
        LineHashes heard = hearing.get(listener).get(60, TimeUnit.SECONDS);
        for (int sender = 0; sender < SENDERS; sender++) {
          if (sender != listener) {
            assertThat(heard.hashOf(sender))
                .as("what client %d heard of sender %d (seed %d)", listener, sender, SEED)
                .isEqualTo(expected);
          }
        }
      }
      clients.forEach(LineClient::close);
    }
  }

  private static void sendInPieces(LineClient sender, byte[] bytes, long seed) {
    Random random = new Random(seed);
    for (int from = 0, to; from < bytes.length; from = to) {
      to = Math.min(bytes.length, from + 1 + random.nextInt(PIECE_MAX));
      sender.sendBytes(Arrays.copyOfRange(bytes, from, to));
    }
  }

  private static byte[] withLastLineFeed(byte[] bytes) {
    byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
    longer[bytes.length] = '\n';
    return bytes[bytes.length - 1] == '\n' ? bytes : longer;
  }

  private static @Nullable String folder() {
    return System.getenv(FOLDER_VARIABLE);
  }
}
