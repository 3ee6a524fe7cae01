package io.linecast.client;

import io.linecast.protocol.Code;
import io.linecast.protocol.From;
import io.linecast.protocol.Hello;
import io.linecast.protocol.OverRate;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;

/**
 * Makes connections: to which server, how often, and with what pauses. The reading thread's own.
 */
final class Dialer {

  private final ClientOptions options;
  private final Optional<Hearing> hearing;
  private final Ending ending;
  private final List<Address.Server> servers;
  private final BackOff backOff;
  private final StrayHellos strays = new StrayHellos(System::nanoTime);
  private int server;

  Dialer(ClientOptions options, Optional<Hearing> hearing, Ending ending) {
    this.options = options;
    this.hearing = hearing;
    this.ending = ending;
    servers = options.address().servers();
    backOff =
        new BackOff(
            options.backOffMin(),
            options.backOffMax(),
            bound -> ThreadLocalRandom.current().nextLong(bound));
  }

  /** A connection, and what its hello has left. */
  record Dialed(Connection connection, Connection.Open open) {}

  /**
   * The client's first connection.
   *
   * @return empty if the client was told to end
   */
  Optional<Dialed> first() {
    long deadline = System.nanoTime() + Patience.nanos(options.startPatience());
    while (true) {
      try {
        return Optional.of(tryEachServer());
      } catch (LostException e) {
        if (ending.isAborted()) {
          return Optional.empty();
        }
        Duration delay = backOff.next();
        if (System.nanoTime() + delay.toNanos() - deadline >= 0) {
          throw unreachable(e);
        }
        options.listener().onRetry(Connection.words(e), delay);
        ending.pause(delay);
      }
    }
  }

  /**
   * A connection after one that was lost.
   *
   * @param needless whether none is needed any more
   * @return empty if that has become so
   */
  Optional<Dialed> again(LostException lost, BooleanSupplier needless) {
    LostException cause = lost;
    if (needless.getAsBoolean()) {
      return Optional.empty();
    }
    if (lost.next() == LostException.Next.SUPERSEDED) {
      yieldOrGoOn(lost);
    }
    if (lost.next() == LostException.Next.OTHER_SERVER) {
      moveOn();
    }
    for (int round = 1; ; round++) {
      Duration delay = backOff.next();
      options.listener().onRetry(Connection.words(cause), delay);
      ending.pause(delay);
      if (needless.getAsBoolean()) {
        return Optional.empty();
      }
      try {
        return Optional.of(tryEachServer());
      } catch (LostException e) {
        if (needless.getAsBoolean()) {
          return Optional.empty();
        }
        if (round >= options.maxAttempts()) {
          throw unreachable(e);
        }
        cause = e;
      }
    }
  }

  /**
   * Another connection is the client's publisher now. That may be one of the client's own, which it
   * has given up and whose hello has reached the server late. For each such hello it tries again
   * once, and no more often: it does not fight with somebody else for a name.
   */
  private void yieldOrGoOn(LostException superseded) {
    if (options.maxAttempts() == 0 || !strays.claim()) {
      throw new ClientException(
          ClientException.Reason.SUPERSEDED,
          Code.DUPLICATE,
          Connection.words(superseded),
          superseded);
    }
  }

  /** A connection has ended that lasted so long. */
  void connectionLasted(Duration lifetime) {
    backOff.connectionLasted(lifetime);
  }

  private static ClientException unreachable(LostException e) {
    return new ClientException(
        e.next() == LostException.Next.DUMB_SERVER
            ? ClientException.Reason.NOT_LINECAST
            : ClientException.Reason.UNREACHABLE,
        null,
        Connection.words(e),
        e);
  }

  /**
   * One round, beginning with the server that was the last to answer. A server that cannot be
   * trusted is passed over as long as there are others.
   */
  private Dialed tryEachServer() throws LostException {
    LostException failure = null;
    ClientException distrust = null;
    for (int i = 0; i < servers.size(); i++) {
      Connection next = new Connection(servers.get(server), options.tls());
      ending.watch(next);
      try {
        return new Dialed(next, next.open(hello(), options.connectTimeout()));
      } catch (LostException e) {
        next.close();
        if (next.isHelloAstray()) {
          strays.add();
        }
        failure = e;
        moveOn();
      } catch (ClientException e) {
        next.close();
        if (e.reason() != ClientException.Reason.TLS) {
          throw e;
        }
        distrust = e;
        moveOn();
      } catch (RuntimeException | Error e) {
        next.close();
        throw e;
      }
    }
    if (failure == null) {
      throw Objects.requireNonNull(distrust);
    }
    throw distrust == null ? failure : both(failure, distrust);
  }

  private static LostException both(LostException failure, ClientException distrust) {
    String words = Connection.words(failure) + "; and " + Connection.words(distrust);
    LostException both = new LostException(failure.next(), words, failure);
    both.addSuppressed(distrust);
    return both;
  }

  private void moveOn() {
    server = (server + 1) % servers.size();
  }

  private Hello hello() {
    return new Hello(
        RandomName.create(),
        options.address().channel(),
        hearing.map(Hearing::from).orElse(new From.New()),
        hearing.flatMap(Hearing::epoch),
        hearing.isPresent(),
        options.ack(),
        options.publisher(),
        options.address().token(),
        OverRate.WAIT);
  }
}
