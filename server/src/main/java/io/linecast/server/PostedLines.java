package io.linecast.server;

import io.linecast.core.Batch;
import io.linecast.core.LineChannel;
import io.linecast.core.ProgressBoard;
import io.linecast.core.Publisher;
import io.linecast.core.Receipt;
import io.linecast.core.RefusedException;
import io.linecast.core.Settlement;
import io.linecast.core.Sweep;
import io.linecast.protocol.AckLevel;
import io.linecast.protocol.Code;
import io.linecast.protocol.LineFeeds;
import io.linecast.server.access.Peer;
import io.linecast.server.web.Exchange;
import io.linecast.server.web.Problem;
import io.linecast.server.web.ProblemException;
import io.linecast.server.web.RequestBody;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The lines of one request on their way into a channel, a run at a time as senders may. Owned by
 * the connection's loop, but for {@link #onProgress}.
 *
 * <p>Publishing → waiting until they have come as far as was asked for → answered. A client that
 * goes away takes back what has not begun to be published, and nothing else.
 */
final class PostedLines implements Publisher.Holder, ProgressBoard.Waiter {

  private static final Logger LOG = LoggerFactory.getLogger(PostedLines.class);

  /** As much as is read at once on a line port: then others have their turn. */
  private static final int TURN_BYTES = 64 << 10;

  private final Exchange exchange;
  private final LineListener listener;
  private final LineChannel channel;
  private final ServerLoop loop;
  private final AckLevel ack;
  private final RequestBody body;
  private final Sweep sweep;
  private final Runnable goOn = this::goOn;
  private final Settlement settlement;

  /** Where the lines come from, in words for people. */
  private final String source;

  /** From the first line on that has no number of ours yet. */
  private final ByteBuffer lines;

  private final PostedNumbers numbers;
  private final PostedReceipt receipt = new PostedReceipt();

  private boolean answered;

  /** Nothing more is published. */
  private boolean over;

  /** A look at the progress has been asked for. Set on any thread. */
  private final AtomicBoolean lookDue = new AtomicBoolean();

  /**
   * Lines of which none is published yet.
   *
   * @throws ProblemException if anything is wrong with the request
   * @throws RefusedException if there are too many publishers
   */
  PostedLines(Exchange exchange, LineListener listener, ServerLoop loop) {
    PostedRequest request = PostedRequest.of(exchange, listener.options());
    this.exchange = exchange;
    this.listener = listener;
    this.channel = listener.channel();
    this.loop = loop;
    this.sweep = channel.sweeps().get(loop.index());
    this.ack = request.ack();
    this.numbers =
        new PostedNumbers(
            request.publisher().map(name -> channel.publishers().take(name, this)).orElse(null),
            request.number());
    this.source = Peer.textOf(Peer.addressOf(exchange.socket()));
    this.settlement = (count, ofRun) -> loop.execute(() -> settle(count, ofRun));
    this.body = exchange.takeBody();
    this.lines = body.bytes().nioBuffer().order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Begins; the answer comes at once or later. */
  void start() {
    exchange.onGone(this::onGone);
    exchange.onGivenUp(this::refuse);
    goOn();
  }

  private void onGone() {
    answered = true;
    channel.board().remove(this);
    if (receipt.isEmpty()) {
      letGo();
    }
  }

  /** Called anew whenever senders may go on, and others have had their turn. */
  private void goOn() {
    if (!over && publishes()) {
      letGo();
      onAllPublished();
    }
  }

  /** Publishes what may be now; returns whether that was all. */
  private boolean publishes() {
    try {
      int turnEnd = lines.position() + TURN_BYTES;
      while (lines.hasRemaining()) {
        exchange.caller().visitor(); // its token may be gone by now
        if (!channel.journal().isWorking()) {
          throw new ProblemException(Health.NOT_KEPT);
        }
        if (channel.holdsSenders()) {
          channel.awaitRelease(sweep, goOn);
          return false;
        }
        if (lines.position() >= turnEnd) {
          loop.executeAfterIo(goOn);
          return false;
        }
        if (!(numbers.isNextNew(channel) ? publishesRun() : passesSent())) {
          return false;
        }
      }
      return true;
    } catch (ProblemException e) {
      refuse(e.problem());
    } catch (RuntimeException e) {
      LOG.error("lines of {} were not published", Peer.addressOf(exchange.socket()), e);
      refuse(Problem.of(HttpResponseStatus.INTERNAL_SERVER_ERROR, "the server's log says more"));
    }
    return false;
  }

  /** Returns whether it may go on at once: else the journal will say. */
  private boolean publishesRun() {
    ByteBuffer run = nextRun();
    int stopLines = listener.options().allowEnd() ? StopWord.cutBehind(run) : 0;
    int count = stopLines > 0 ? stopLines : LineFeeds.count(run, run.position(), run.limit());
    publish(run, count);
    lines.position(run.limit());
    if (stopLines > 0) {
      LOG.info("{} sent the stopping word", Peer.addressOf(exchange.socket()));
      listener.onStopWord();
      if (lines.hasRemaining()) {
        throw refused();
      }
    }
    return receipt.isSettled();
  }

  /** As many of the lines to come as may enter the channel at once. */
  private ByteBuffer nextRun() {
    int from = lines.position();
    int most = Math.min(lines.limit(), from + listener.options().largestRunBytes());
    int end = LineFeeds.lastIndexOf(lines, from, most) + 1;
    ByteBuffer run = lines.duplicate().limit(end);
    return run.limit(from + channel.portionOf(run, false));
  }

  private void publish(ByteBuffer run, int count) {
    Batch batch = new Batch(null, run, count, numbers.take(count), source, settlement);
    Receipt ofRun = channel.publish(batch, this);
    if (ofRun.isAccepted()) {
      receipt.add(ofRun, count);
    } else if (ofRun.isPending()) {
      receipt.await(count);
    } else {
      throw ofRun.isFailed() ? new ProblemException(Health.NOT_KEPT) : refused();
    }
  }

  /** The journal has handed lines back, or failed to keep them: one run is there at a time. */
  private void settle(int count, Receipt ofRun) {
    receipt.settle(ofRun, count);
    if (ofRun.isRepeated()) {
      refuse(Problem.of(Code.DUPLICATE, "too long ago to be known: it may have been sent"));
    } else if (receipt.hasFailed()) {
      refuse(Health.NOT_KEPT);
    } else if (receipt.isSettled()) {
      goOn();
    }
  }

  private ProblemException refused() {
    boolean superseded = numbers.areAnothers(this);
    return new ProblemException(
        superseded
            ? Problem.of(Code.DUPLICATE, "another request is this publisher's now")
            : Problem.of(Code.SHUTTING_DOWN, "the server is stopping"));
  }

  /** An earlier request has brought the next line; false if the journal has not said of it yet. */
  private boolean passesSent() {
    if (numbers.areAnothers(this)) {
      throw refused();
    }
    Optional<Receipt> earlier = numbers.passEarlier(channel, () -> loop.execute(goOn));
    if (earlier.isPresent()) {
      receipt.add(earlier.get(), 1);
      lines.position(LineFeeds.indexOf(lines, lines.position(), lines.limit()) + 1);
    }
    return earlier.isPresent();
  }

  private void onAllPublished() {
    if (answered) {
      return; // the client is gone
    }
    if (ack.compareTo(AckLevel.WRITTEN) >= 0 && !isReached()) {
      channel.board().add(this);
    } else {
      acknowledge();
    }
  }

  private boolean isReached() {
    ProgressBoard board = channel.board();
    return receipt.last() <= (ack == AckLevel.DONE ? board.done(null) : board.written(null));
  }

  @Override
  public void onProgress() {
    if (lookDue.compareAndSet(false, true)) {
      loop.execute(
          () -> {
            lookDue.set(false);
            if (isReached()) {
              acknowledge();
            }
          });
    }
  }

  private void acknowledge() {
    channel.board().remove(this);
    if (!answered) {
      answered = true;
      exchange.answer("application/json", receipt.json().getBytes(StandardCharsets.US_ASCII));
    }
  }

  /** Not all was done; what was published is said. */
  private void refuse(Problem problem) {
    letGo();
    channel.board().remove(this);
    if (!answered) {
      answered = true;
      exchange.fail(problem.with(receipt.figures()));
    }
  }

  private void letGo() {
    if (over) {
      return;
    }
    over = true;
    body.release();
    channel.awaitNoLonger(sweep, goOn);
    numbers.letGo(channel, this);
  }

  @Override
  public void onSuperseded() {}
}
