package io.linecast.client;

import static io.linecast.client.Connecting.within;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.linecast.client.ScriptedServer.Peer;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Lines that a handler is called for. */
class HandlerIT {

  private static final Duration NEVER = Duration.ofMinutes(10);
  private static final String HEARTBEAT_OF_A_SECOND = "next=1 oldest=1 epoch=e1 heartbeat=1";

  private final ScriptedServer server = ScriptedServer.start();

  @AfterEach
  void close() {
    server.close();
  }

  private static Event next(Events events) {
    return events.poll(Duration.ofSeconds(10)).orElseThrow();
  }

  /** Keeps what it is told, as text; can be held up, and can fail. */
  private static class Notes implements LineHandler {

    final LinkedBlockingQueue<String> notes = new LinkedBlockingQueue<>();
    final Set<Thread> threads = ConcurrentHashMap.newKeySet();

    @Override
    public void onLine(Line line) {
      threads.add(Thread.currentThread());
      notes.add(line.toString());
    }

    @Override
    public void onGap(Gap gap) {
      threads.add(Thread.currentThread());
      notes.add(gap.toString());
    }

    @Override
    public void onEnd(Optional<ClientException> failure) {
      threads.add(Thread.currentThread());
      notes.add("end " + failure.map(ClientException::reason));
    }

    @Nullable String next() throws InterruptedException {
      return notes.poll(10, TimeUnit.SECONDS);
    }
  }

  @Test
  void shouldCallAHandlerOnOneThreadAndSayDoneAfterwards() throws InterruptedException {
    Notes notes = new Notes();
    Connecting connecting = server.begin(server.client().handler(notes));
    Peer peer = server.accept();
    peer.welcome();
    LinecastClient client = connecting.client();
    peer.say("LINE 1 a", "GAP 2 3 slow");
    assertThat(notes.next()).isEqualTo("1 a");
    assertThat(notes.next()).isEqualTo("gap: lines 2 to 3: slow");
    String done = peer.line();
    assertThat(done.equals("DONE 1") ? peer.line() : done).isEqualTo("DONE 3");
    CompletableFuture<Boolean> closed = Connecting.close(client);
    peer.goodbye();
    assertThat(within(closed)).isTrue();
    assertThat(notes.next()).isEqualTo("end Optional.empty");
    assertThat(notes.threads).singleElement().isNotEqualTo(Thread.currentThread());
  }

  @Test
  void shouldEndWhenAHandlerThrows() throws InterruptedException {
    Notes notes =
        new Notes() {
          @Override
          public void onLine(Line line) {
            throw new IllegalStateException("no more");
          }
        };
    Connecting connecting = server.begin(server.client().handler(notes));
    Peer peer = server.accept();
    peer.welcome();
    LinecastClient client = connecting.client();
    peer.say("LINE 1 a", "LINE 2 b");
    assertThat(notes.next()).isEqualTo("end Optional[HANDLER]");
    assertThatThrownBy(() -> within(client.ended()))
        .isInstanceOf(ClientException.class)
        .hasRootCauseMessage("no more");
  }

  @Test
  void shouldEndWhenAHandlerThrowsWhileMoreIsHeardThanIsKept() throws InterruptedException {
    CountDownLatch full = new CountDownLatch(1);
    Notes notes =
        new Notes() {
          @Override
          public void onLine(Line line) {
            try {
              full.await();
            } catch (InterruptedException e) {
              throw new IllegalStateException(e);
            }
            throw new IllegalStateException("no more");
          }
        };
    Connecting connecting =
        server.begin(server.client().handler(notes).queue(1000).silenceLimit(NEVER));
    Peer peer = server.accept();
    peer.welcome(HEARTBEAT_OF_A_SECOND);
    LinecastClient client = connecting.client();
    for (int i = 1; i <= 500; i++) {
      peer.say("LINE " + i + " " + "x".repeat(1000));
    }
    peer.expect("PONG ", "PONG "); // the reading thread is held
    full.countDown();
    assertThat(notes.next()).isEqualTo("end Optional[HANDLER]");
    assertThatThrownBy(() -> within(client.ended())).hasRootCauseMessage("no more");
    assertThatThrownBy(() -> client.send("x")).isInstanceOf(ClientException.class);
  }

  @Test
  void shouldEndWhenAHandlerLeavesItsThreadInterrupted() throws InterruptedException {
    Notes notes =
        new Notes() {
          @Override
          public void onLine(Line line) {
            Thread.currentThread().interrupt();
          }
        };
    Connecting connecting = server.begin(server.client().handler(notes));
    Peer peer = server.accept();
    peer.welcome();
    LinecastClient client = connecting.client();
    peer.say("LINE 1 a");
    assertThat(notes.next()).isEqualTo("end Optional[HANDLER]");
    assertThatThrownBy(() -> within(client.ended()))
        .isInstanceOf(ClientException.class)
        .hasMessageContaining("interrupted");
  }

  @Test
  void shouldLetAHandlerWaitInWaysThatTheClientDoesNotSee() throws InterruptedException {
    CountDownLatch sending = new CountDownLatch(1);
    LinkedBlockingQueue<LinecastClient> clients = new LinkedBlockingQueue<>();
    Notes notes =
        new Notes() {
          @Override
          public void onLine(Line line) {
            if (line.seq() == 1) {
              try {
                sending.await();
                LinecastClient client = clients.take();
                CompletableFuture.allOf(client.send("a"), client.send("b")).join();
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
              this.notes.add("answered");
            }
          }
        };
    Connecting connecting =
        server.begin(server.client().handler(notes).queue(1000).silenceLimit(NEVER));
    Peer peer = server.accept();
    peer.welcome(HEARTBEAT_OF_A_SECOND);
    clients.add(connecting.client());
    for (int i = 1; i <= 500; i++) {
      peer.say("LINE " + i + " " + "x".repeat(1000));
    }
    peer.expect("PONG ", "PONG "); // the reading thread is held
    sending.countDown();
    peer.awaitLine("SEND 1 a").awaitLine("SEND 2 b").say("SENT 1 501 0", "SENT 2 502 0");
    assertThat(notes.next()).isEqualTo("answered");
  }

  @Test
  void shouldLetAProgramWaitForAnswersBeforeItHears() {
    Connecting connecting = server.begin(server.client().listen().queue(1000));
    Peer peer = server.accept();
    peer.welcome();
    LinecastClient client = connecting.client();
    CompletableFuture<Sent> one = client.send("one");
    for (int i = 1; i <= 500; i++) {
      peer.say("LINE " + i + " " + "x".repeat(1000));
    }
    peer.expect("SEND 1 one").say("SENT 1 501 0");
    assertThat(client.awaitAll(Duration.ofSeconds(10))).isTrue();
    assertThat(one).isCompleted();
    assertThat(next(client.events())).isInstanceOf(Line.class);
  }

  @Test
  void shouldLetAHandlerWaitForWhatItSendsThoughMoreComesThanIsKept() throws InterruptedException {
    CountDownLatch sending = new CountDownLatch(1);
    LinkedBlockingQueue<LinecastClient> clients = new LinkedBlockingQueue<>();
    LinkedBlockingQueue<Sent> sent = new LinkedBlockingQueue<>();
    Notes notes =
        new Notes() {
          @Override
          public void onLine(Line line) {
            if (line.seq() == 1) {
              try {
                sending.await();
                sent.add(clients.take().send("answer").join());
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
            }
          }
        };
    Connecting connecting = server.begin(server.client().handler(notes).queue(1000));
    Peer peer = server.accept();
    peer.welcome();
    clients.add(connecting.client());
    String text = "x".repeat(1000);
    for (int i = 1; i <= 500; i++) {
      peer.say("LINE " + i + " " + text);
    }
    sending.countDown();
    peer.expect("SEND 1 answer").say("SENT 1 501 0");
    assertThat(sent.poll(10, TimeUnit.SECONDS)).isEqualTo(new Sent(1, 501, 0, "e1"));
  }

  @Test
  void shouldSpeakAtTheServersHeartbeatWhileItIsHeld() {
    Connecting connecting = server.begin(server.client().listen().queue(1000).silenceLimit(NEVER));
    Peer peer = server.accept();
    peer.welcome(HEARTBEAT_OF_A_SECOND);
    peer.say("LINE 1 " + "x".repeat(2000));
    peer.expect("PONG ", "PONG ");
    assertThat(next(connecting.client().events())).isInstanceOf(Line.class);
  }

  @Test
  void shouldNotBeClosedWhileItsHandlerIsBusy() throws InterruptedException {
    CountDownLatch busy = new CountDownLatch(1);
    Notes notes =
        new Notes() {
          @Override
          public void onLine(Line line) {
            this.notes.add("busy");
            try {
              busy.await();
            } catch (InterruptedException e) {
              throw new IllegalStateException(e);
            }
            this.notes.add("done");
          }
        };
    Connecting connecting = server.begin(server.client().handler(notes));
    Peer peer = server.accept();
    peer.welcome();
    LinecastClient client = connecting.client();
    peer.say("LINE 1 a");
    assertThat(notes.next()).isEqualTo("busy");
    assertThat(client.close(Duration.ofMillis(50))).as("in time").isFalse();
    CompletableFuture<Boolean> closed = Connecting.close(client);
    assertThat(closed).isNotDone();
    busy.countDown();
    assertThat(within(closed)).isTrue();
    assertThat(notes.notes).containsExactly("done", "end Optional.empty");
  }

  @Test
  void shouldReadNoFurtherThanTheQueueGoesAndStayAlive() {
    Connecting connecting =
        server.begin(server.client().listen().queue(1000).silenceLimit(Duration.ofSeconds(4)));
    Peer peer = server.accept();
    peer.welcome();
    LinecastClient client = connecting.client();
    peer.say("LINE 1 " + "x".repeat(2000));
    peer.expect("PONG ", "PONG "); // held, and yet not idle
    peer.say("LINE 2 y");
    assertThat(next(client.events())).isInstanceOf(Line.class);
    await().until(() -> client.events().poll(Duration.ofSeconds(1)).isPresent());
  }
}
