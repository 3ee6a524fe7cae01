package io.linecast.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.linecast.broker.FreePorts;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** The server that a test talks to: the real program, or the one that the tests are pointed at. */
public final class ServerUnderTest implements AutoCloseable {
  private static final InetAddress HERE = InetAddress.getLoopbackAddress();

  private final @Nullable Program program;
  private final InetSocketAddress address;
  private final Map<String, Integer> channelPorts;
  private final OptionalInt webPort;

  private ServerUnderTest(
      @Nullable Program program,
      InetSocketAddress address,
      Map<String, Integer> channelPorts,
      OptionalInt webPort) {
    this.program = program;
    this.address = address;
    this.channelPorts = channelPorts;
    this.webPort = webPort;
  }

  /** The server as it is without options, on a transport. */
  public static ServerUnderTest usual(Transport transport) {
    Optional<InetSocketAddress> target = Target.given();
    if (target.isPresent()) {
      return new ServerUnderTest(null, target.get(), Map.of(), OptionalInt.empty());
    }
    return start("--transport", transport.option());
  }

  /** The server as it is without options. */
  public static ServerUnderTest usual() {
    return usual(Transport.usual());
  }

  /** The program with options of one's own. */
  public static ServerUnderTest start(String... options) {
    return new ServerLauncher().with(options).start();
  }

  /** A port that nobody has now, for a server that is to be started twice. */
  public static int freePort() {
    return FreePorts.next();
  }

  static ServerUnderTest own(Program program, PortFile ports) {
    InetSocketAddress address = new InetSocketAddress(HERE, ports.mainPort());
    return new ServerUnderTest(program, address, ports.ports(), ports.webPort());
  }

  public InetSocketAddress address() {
    return address;
  }

  public String host() {
    return address.getAddress().getHostAddress();
  }

  public int port() {
    return address.getPort();
  }

  /** Where its web port is, which it was to have. */
  public URI web(String path) {
    return URI.create("http://" + host() + ":" + webPort.orElseThrow() + path);
  }

  /** A client of the main channel. */
  public LineClient connect() {
    return LineClient.connect(address);
  }

  /** A client of the main channel whose socket holds next to nothing. */
  public LineClient connectWithSmallBuffer() {
    return LineClient.connectWithReceiveBuffer(address, 16 << 10);
  }

  /** A client of another channel. */
  public LineClient connectTo(String channel) {
    assertThat(channelPorts).as("channels in the port file").containsKey(channel);
    int port = Optional.ofNullable(channelPorts.get(channel)).orElseThrow();
    return LineClient.connect(new InetSocketAddress(HERE, port));
  }

  /** The program itself. */
  public Program program() {
    if (program == null) {
      throw new IllegalStateException("the server is not ours");
    }
    return program;
  }

  /** Whether the program runs here, so that it can be looked at. */
  public boolean isOwn() {
    return program != null;
  }

  /** Everything the program has said. */
  public String output() {
    return program().output();
  }

  /** Asks it to stop and waits until it has. */
  public int stop() {
    program().signal("TERM");
    return program().exitCode(Duration.ofSeconds(20));
  }

  /** Stops it; the figures it leaves with. */
  Balance stopAndBalance() {
    assertThat(stop()).as("exit code of an orderly stop").isZero();
    return Balance.in(output());
  }

  @Override
  public void close() {
    if (program != null) {
      program.close();
    }
  }
}
