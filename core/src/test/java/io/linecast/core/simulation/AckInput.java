package io.linecast.core.simulation;

import static io.linecast.core.simulation.SimulationFailure.unless;
import static java.nio.charset.StandardCharsets.US_ASCII;

import io.linecast.core.Batch;
import io.linecast.core.LineChannel;
import io.linecast.core.Publisher;
import io.linecast.core.Receipt;
import io.linecast.core.simulation.Request.Answer;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an acknowledged connection has been asked, and how a server goes about it. */
final class AckInput {

  private static final int REQUESTS = 40;
  private static final int REQUESTS_IN_A_READ = 40;

  private final AckClient client;
  private final World world;
  private final ArrayDeque<Request> requests = new ArrayDeque<>();

  // The lines that are to be published together.
  private final ByteArrayOutputStream texts = new ByteArrayOutputStream();
  private final List<Long> numbers = new ArrayList<>();

  private @Nullable Publisher publisher;
  private long highest;

  /** To how many others the lines went that were accepted last. */
  private int others;

  private boolean held;
  private boolean readQueued;

  AckInput(AckClient client, World world) {
    this.client = client;
    this.world = world;
  }

  /** Begins to read. */
  void open(Publisher itsPublisher, long itsHighest) {
    publisher = itsPublisher;
    highest = itsHighest;
    queueRead();
  }

  void close() {
    requests.clear();
  }

  boolean takesMore() {
    return requests.size() < REQUESTS;
  }

  boolean isWaitingOrReading() {
    return held || !requests.isEmpty();
  }

  /** The lines that it publishes are being accepted. */
  void onAccepted(Batch batch) {
    client.person().ledger().onAccepted(numbers, batch.run());
    others = client.channel().attendance().hearersBeside(client);
  }

  void add(Request request) {
    requests.add(request);
    queueRead();
  }

  private LineChannel engine() {
    return client.channel().engine();
  }

  private void queueRead() {
    if (publisher != null && !readQueued) {
      readQueued = true;
      client.loop().onSocket(this::read);
    }
  }

  private void read() {
    readQueued = false;
    if (client.hasEnded() || held || requests.isEmpty()) {
      return;
    }
    int most = 1 + world.random().nextInt(world.random().nextBoolean() ? 4 : REQUESTS_IN_A_READ);
    most = engine().portionOf(ByteBuffer.wrap("\n".repeat(most).getBytes(US_ASCII)), false);
    int bytes = 0;
    for (int i = 0; i < most && !requests.isEmpty() && !client.hasEnded() && !held; i++) {
      bytes += requests.element() instanceof Request.Send send ? send.text().length() + 1 : 0;
      if (i > 0 && bytes > client.channel().measures().largestRunBytes()) {
        break;
      }
      if (!waitsWith(requests.element())) {
        onNext(requests.remove());
      }
    }
    publish();
    client.sayAnswers();
    if (!requests.isEmpty() && !held) {
      queueRead();
    }
  }

  /** Whether it must wait now until senders may go on: only what publishes ever waits for that. */
  private boolean waitsWith(Request next) {
    if (next instanceof Request.Send && numbers.isEmpty() && engine().holdsSenders()) {
      held = true;
      world.likelyPreempt();
      engine().awaitRelease(client.channel().sweepOf(client.loop()), this::resume);
    }
    return held;
  }

  private void resume() {
    unless(world.current() == client.loop(), "%s: resumed on %s", client, world.current());
    held = false;
    read();
  }

  private void onNext(Request request) {
    switch (request) {
      case Request.Send send -> onSend(send);
      case Request.Done done -> client.onDone(done.line());
      case Request.Quit quit -> {
        publish();
        client.note(Occasion.QUIT);
        client.end().quit();
      }
    }
  }

  private void onSend(Request.Send send) {
    if (client.end().isStopping()) {
      return;
    }
    byte[] line = (send.text() + "\n").getBytes(StandardCharsets.ISO_8859_1);
    boolean repeated = send.number() <= highest;
    if (repeated || texts.size() + line.length > client.channel().measures().largestRunBytes()) {
      publish();
    }
    if (!repeated) {
      texts.writeBytes(line);
      numbers.add(send.number());
      highest = send.number();
    } else if (!client.hasEnded()) {
      client.answers().add(engine().publishers().ask(publisher, it -> answer(it, send.number())));
    }
  }

  private Answer answer(Publisher asked, long number) {
    return switch (asked.useOf(number)) {
      case SENT -> {
        client.note(Occasion.REPEATED);
        yield new Answer(number, asked.lineOf(number), asked.othersOf(number));
      }
      case NEW, PASSED_OVER -> {
        client.note(Occasion.PASSED_OVER);
        yield new Answer(number, 0, 0);
      }
      case FORGOTTEN, AWAITED -> throw new SimulationFailure(client + ": forgot " + number);
    };
  }

  private void publish() {
    if (numbers.isEmpty() || client.hasEnded()) {
      return;
    }
    long[] its = numbers.stream().mapToLong(Long::longValue).toArray();
    world.log("%s publishes %d lines, up to number %d", client, its.length, highest);
    Batch batch = new Batch(client.subscriber(), ByteBuffer.wrap(texts.toByteArray()), its.length);
    boolean superseded = !client.person().isHeldBy(client);
    boolean mayBe = !superseded && !client.channel().isClosing() && !client.isFinishing();
    others = 0;
    Receipt receipt = client.channel().publish(client, batch, its, publisher);
    unless(receipt.isAccepted() == mayBe, "%s: accepted: %s", client, receipt);
    unless(receipt.others() == others, "%s: %s, but for %d others", client, receipt, others);
    for (int i = 0; i < its.length; i++) {
      long line = receipt.isAccepted() ? receipt.firstLine() + i : 0;
      client.answers().add(new Answer(its[i], line, others));
    }
    texts.reset();
    numbers.clear();
    if (superseded) {
      client.endSuperseded();
    }
  }
}
