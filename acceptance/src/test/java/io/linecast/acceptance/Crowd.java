package io.linecast.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.IntFunction;
import java.util.function.ToIntFunction;
import org.awaitility.core.ConditionTimeoutException;

/** Many clients that read all the time, on one thread of their own. */
final class Crowd implements AutoCloseable {
  private static final int READ_BYTES = 256 << 10;

  private final InetSocketAddress address;
  private final Selector selector;
  private final Thread thread;
  private final List<CrowdMember> members = new CopyOnWriteArrayList<>();

  private Crowd(InetSocketAddress address) {
    this.address = address;
    try {
      selector = Selector.open();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    thread = Thread.ofPlatform().daemon().name("crowd").start(this::readAndWrite);
  }

  /** So many clients, each of which hears what is sent. */
  static Crowd joined(ServerUnderTest server, int size) {
    Crowd crowd = new Crowd(server.address());
    List<CrowdMember> all = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      all.add(crowd.connect(i));
    }
    crowd.members.addAll(all);
    Fence.gather(server, crowd.members);
    return crowd;
  }

  /**
   * So many clients that come all at once, each waiting for no other, from some addresses in turn.
   * They go by a reset.
   *
   * @param hello what each says first
   */
  static Crowd arriving(
      InetSocketAddress server, int size, List<InetAddress> from, IntFunction<byte[]> hello) {
    Crowd crowd = new Crowd(server);
    List<CrowdMember> all = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      all.add(crowd.arrive(i, from.get(i % from.size()), hello.apply(i)));
    }
    crowd.members.addAll(all);
    return crowd;
  }

  /** One more, of whom it is not known when the server knows it. */
  CrowdMember join() {
    CrowdMember member = connect(members.size());
    members.add(member);
    return member;
  }

  List<CrowdMember> members() {
    return members;
  }

  CrowdMember member(int index) {
    return members.get(index);
  }

  /** Waits until each has heard as many lines as are meant for it, and no fault was found. */
  void awaitLines(ToIntFunction<CrowdMember> eligible, Duration atMost) {
    try {
      await().atMost(atMost).pollInterval(Duration.ofMillis(5)).until(() -> haveHeard(eligible));
    } catch (ConditionTimeoutException e) {
      assertThat(faults()).as("faults").isEmpty();
      throw new AssertionError(shortfall(eligible), e);
    }
    assertThat(faults()).as("faults").isEmpty();
  }

  /** What share of the lines meant for them they have heard. */
  double share(ToIntFunction<CrowdMember> eligible) {
    long expected = members.stream().mapToLong(eligible::applyAsInt).sum();
    long heard = members.stream().mapToLong(m -> m.transcript().count()).sum();
    return (double) heard / expected;
  }

  /** The members that saw something wrong, and what. */
  List<String> faults() {
    return members.stream()
        .flatMap(m -> m.transcript().fault().map(f -> m + ": " + f).stream())
        .limit(10)
        .toList();
  }

  @Override
  public void close() {
    try {
      for (SelectionKey key : List.copyOf(selector.keys())) {
        key.channel().close();
      }
      selector.close();
      thread.join(Duration.ofSeconds(5));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean haveHeard(ToIntFunction<CrowdMember> eligible) {
    return members.stream().allMatch(m -> m.transcript().count() >= eligible.applyAsInt(m));
  }

  private String shortfall(ToIntFunction<CrowdMember> eligible) {
    List<String> behind =
        members.stream()
            .filter(m -> m.transcript().count() < eligible.applyAsInt(m))
            .map(CrowdMember::toString)
            .toList();
    return "%.2f %% of the lines were heard; %d of %d members miss some, among them %s"
        .formatted(
            100 * share(eligible),
            behind.size(),
            members.size(),
            behind.subList(0, Math.min(5, behind.size())));
  }

  private CrowdMember connect(int index) {
    try {
      SocketChannel channel = SocketChannel.open(address);
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      channel.configureBlocking(false);
      SelectionKey key = channel.register(selector, 0);
      CrowdMember member = new CrowdMember(index, channel, key);
      key.attach(member);
      key.interestOps(SelectionKey.OP_READ);
      selector.wakeup();
      return member;
    } catch (IOException e) {
      throw new UncheckedIOException("client %d cannot connect".formatted(index), e);
    }
  }

  private CrowdMember arrive(int index, InetAddress from, byte[] hello) {
    try {
      SocketChannel channel = SocketChannel.open();
      channel.configureBlocking(false);
      channel.setOption(StandardSocketOptions.SO_LINGER, 0); // or so many would keep their ports
      channel.bind(new InetSocketAddress(from, 0));
      SelectionKey key = channel.register(selector, 0);
      CrowdMember member = new CrowdMember(index, channel, key);
      key.attach(member);
      member.comeWith(hello);
      channel.connect(address);
      key.interestOps(SelectionKey.OP_CONNECT);
      selector.wakeup();
      return member;
    } catch (IOException e) {
      throw new UncheckedIOException("client %d cannot come".formatted(index), e);
    }
  }

  private void readAndWrite() {
    byte[] buffer = new byte[READ_BYTES];
    try {
      while (selector.isOpen()) {
        selector.select(key -> serve(key, buffer));
      }
    } catch (IOException | ClosedSelectorException e) {
      members.forEach(m -> m.transcript().findFault("the crowd's own thread ended: " + e));
    }
  }

  private static void serve(SelectionKey key, byte[] buffer) {
    CrowdMember member = (CrowdMember) key.attachment();
    if (key.isValid() && key.isConnectable()) {
      member.come();
    }
    if (key.isValid() && key.isReadable()) {
      member.read(buffer);
    }
    if (key.isValid() && key.isWritable()) {
      member.write();
    }
  }
}
