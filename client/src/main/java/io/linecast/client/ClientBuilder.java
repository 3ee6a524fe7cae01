package io.linecast.client;

import io.linecast.protocol.AckLevel;
import io.linecast.protocol.From;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Describes a {@link LinecastClient}, one setting at a time. Without any, the client sends and does
 * not listen. For one thread.
 */
public final class ClientBuilder {

  /** The most lines that may be unacknowledged: as many as a server remembers of a publisher. */
  public static final int MAX_WINDOW_LINES = 10_000;

  private static final Pattern PUBLISHER = Pattern.compile("[A-Za-z0-9_.-]{1,64}");
  private static final int MEBIBYTE = 1 << 20;

  private Address address;
  private Optional<Tls> tls = Optional.empty();
  private AckLevel ack = AckLevel.STORED;
  private Optional<String> publisher = Optional.of("java-" + RandomName.create());
  private Optional<From> from = Optional.empty();
  private Optional<String> epoch = Optional.empty();
  private Optional<LineHandler> handler = Optional.empty();
  private boolean doneByHand;
  private boolean atLeastOnce;
  private int windowLines = MAX_WINDOW_LINES;
  private int windowBytes = 16 * MEBIBYTE;
  private int queueBytes = 4 * MEBIBYTE;
  private Duration connectTimeout = Duration.ofSeconds(10);
  private Duration startPatience = Duration.ZERO;
  private Duration silenceLimit = Duration.ZERO;
  private Duration closePatience = Duration.ofSeconds(10);
  private Duration backOffMin = Duration.ofMillis(100);
  private Duration backOffMax = Duration.ofSeconds(10);
  private int maxAttempts = Integer.MAX_VALUE;
  private ConnectionListener listener = new ConnectionListener() {};

  ClientBuilder(Address address) {
    this.address = address;
  }

  /** What an acknowledgement is to say. Without this: {@link AckLevel#STORED}. */
  public ClientBuilder ack(AckLevel level) {
    ack = level;
    return this;
  }

  /**
   * The name under which the server knows this client's lines beyond a connection. Without this: a
   * random one, so that what is repeated after a lost connection is never doubled. With a name that
   * a program keeps, it finds in {@link Session#last} how far an earlier run has come. Two clients
   * with one name put each other out ({@link ClientException.Reason#SUPERSEDED}).
   *
   * @param name 1 to 64 of {@code A-Za-z0-9_.-}
   */
  public ClientBuilder publisher(String name) {
    if (!PUBLISHER.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "a publisher's name is 1 to 64 of A-Za-z0-9_.-, not '" + name + "'");
    }
    publisher = Optional.of(name);
    return this;
  }

  /**
   * The client will never send; it takes no place among the server's publishers, of which it
   * remembers a limited number.
   */
  public ClientBuilder listenOnly() {
    publisher = Optional.empty();
    return this;
  }

  /** Hears the lines accepted from now on. */
  public ClientBuilder listen() {
    return listen(new From.New());
  }

  /**
   * Hears lines from a place on; a number counts in the server's present numbering.
   *
   * @throws IllegalArgumentException if it is a number less than 1
   */
  public ClientBuilder listen(From first) {
    if ((first instanceof From.Line line && line.line() < 1)
        || (first instanceof From.Last last && last.lines() < 1)) {
      throw new IllegalArgumentException("there is no line to begin with from " + first);
    }
    from = Optional.of(first);
    epoch = Optional.empty();
    return this;
  }

  /** Hears lines from behind a position on, or is told in a {@link Gap} what is gone of them. */
  public ClientBuilder listen(Position after) {
    from = Optional.of(new From.Line(after.seq() + 1));
    epoch = Optional.of(after.epoch());
    return this;
  }

  /**
   * Hands what is heard to a handler, on a thread of its own, instead of to {@link
   * LinecastClient#events}. Listens from now on if nothing else is said.
   */
  public ClientBuilder handler(LineHandler takes) {
    handler = Optional.of(takes);
    return from.isPresent() ? this : listen();
  }

  /** Only {@link LinecastClient#done} says that a line is dealt with, nothing else. */
  public ClientBuilder doneByHand() {
    doneByHand = true;
    return this;
  }

  /**
   * Sends lines again even where the server that knew whether it had them is gone. Without this
   * such lines fail ({@link SendException#mayBeRelayed}); with it they may be relayed twice, once
   * in each numbering.
   */
  public ClientBuilder atLeastOnce() {
    atLeastOnce = true;
    return this;
  }

  /**
   * How much may be unacknowledged before {@code send} waits. Without this: 10,000 lines, 16 MiB. A
   * single line may be longer than that.
   *
   * @param lines 1 to {@value #MAX_WINDOW_LINES}
   * @param bytes at least 1
   */
  public ClientBuilder window(int lines, int bytes) {
    if (lines < 1 || lines > MAX_WINDOW_LINES || bytes < 1) {
      throw new IllegalArgumentException(
          "a window is 1 to " + MAX_WINDOW_LINES + " lines and at least 1 byte");
    }
    windowLines = lines;
    windowBytes = bytes;
    return this;
  }

  /**
   * How many bytes are received ahead of the program: 4 MiB without this. While lines are
   * unanswered it is 64 MiB more, because their answers come behind what is heard. A single line
   * may be longer.
   */
  public ClientBuilder queue(int bytes) {
    queueBytes = bytes;
    return this;
  }

  /**
   * How long one server may take to connect and to answer the hello: 10 s without this. Each of the
   * addresses that its name has is tried in that time; to look up the name is not counted.
   */
  public ClientBuilder connectTimeout(Duration timeout) {
    connectTimeout = positive("connectTimeout", timeout);
    return this;
  }

  /**
   * How long {@link #connect} goes on trying while no server can be reached. Without this each
   * server is tried once.
   */
  public ClientBuilder startPatience(Duration patience) {
    startPatience = patience;
    return this;
  }

  /**
   * After how much silence the client asks the server whether it is still there; when there is no
   * word for half as long again, the connection is lost. Without this: two of the server's
   * heartbeats, or 30 s where it has none.
   */
  public ClientBuilder silenceLimit(Duration limit) {
    silenceLimit = positive("silenceLimit", limit);
    return this;
  }

  /** How long {@link LinecastClient#close()} waits: 10 s without this. */
  public ClientBuilder closePatience(Duration patience) {
    closePatience = patience;
    return this;
  }

  /**
   * How long to wait between two rounds over the servers: {@code min} at first, then twice as long
   * each time, {@code max} at most, always between half of that and all of it. Without this: 100 ms
   * and 10 s.
   */
  public ClientBuilder backOff(Duration min, Duration max) {
    backOffMin = positive("min", min);
    backOffMax = positive("max", max);
    return this;
  }

  /**
   * How many rounds over the servers may fail in a row before the client ends. Without this it
   * never gives up; 0: it ends with its first connection.
   */
  public ClientBuilder maxAttempts(int rounds) {
    maxAttempts = rounds;
    return this;
  }

  /** Who is told how the connection fares. */
  public ClientBuilder onConnection(ConnectionListener told) {
    listener = told;
    return this;
  }

  /**
   * The channel, instead of the address's.
   *
   * @throws IllegalArgumentException if it is not printable ASCII without blanks
   */
  public ClientBuilder channel(String name) {
    address = new Address(address.servers(), Optional.of(name), address.token(), address.tls());
    return this;
  }

  /**
   * The secret that the server asks for, instead of the address's.
   *
   * @throws IllegalArgumentException if it is not printable ASCII without blanks
   */
  public ClientBuilder token(String secret) {
    address = new Address(address.servers(), address.channel(), Optional.of(secret), address.tls());
    return this;
  }

  /**
   * Whom to trust, and what to show; for an address with {@code linecasts://}, and no other.
   * Without this: {@link Tls#standard}.
   */
  public ClientBuilder tls(Tls settings) {
    tls = Optional.of(settings);
    return this;
  }

  /**
   * Connects, and waits until a server has said ok.
   *
   * @throws ClientException if none could be reached, or one has refused for good
   * @throws IllegalStateException if the client would neither send nor listen, or would not speak
   *     the TLS that is described
   */
  public LinecastClient connect() {
    if (publisher.isEmpty() && from.isEmpty()) {
      throw new IllegalStateException("listenOnly() without listen()");
    }
    if (tls.isPresent() && !address.tls()) {
      throw new IllegalStateException("tls(…) without linecasts:// in the address");
    }
    return LinecastClient.connect(options());
  }

  ClientOptions options() {
    return new ClientOptions(
        address,
        address.tls() ? Optional.of(tls.orElseGet(Tls::standard)) : Optional.empty(),
        ack,
        publisher,
        from,
        epoch,
        handler,
        doneByHand,
        atLeastOnce,
        windowLines,
        windowBytes,
        queueBytes,
        connectTimeout,
        startPatience,
        silenceLimit,
        closePatience,
        backOffMin,
        backOffMax,
        maxAttempts,
        new GuardedListener(listener));
  }

  private static Duration positive(String name, Duration duration) {
    if (duration.isZero() || duration.isNegative()) {
      throw new IllegalArgumentException(name + " must be more than nothing, not " + duration);
    }
    return Patience.bounded(duration);
  }
}
