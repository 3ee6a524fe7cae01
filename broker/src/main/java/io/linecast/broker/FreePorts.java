package io.linecast.broker;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Ports for servers that go and come again. None of those that the system gives to outgoing
 * connections: such a one may be taken while its server is away, even by a client that tries to
 * reach it there and meets itself.
 */
public final class FreePorts {

  private static final int FIRST = 20_000;
  private static final int END = 32_000;
  private static final int TRIES = 1_000;

  /** Processes that look at the same time do so in different places. */
  private static final int SLICES = 8;

  private static final int SLICE = (END - FIRST) / SLICES;
  private static final int BEGIN = FIRST + (int) (ProcessHandle.current().pid() % SLICES) * SLICE;

  private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

  private FreePorts() {}

  /** One that nobody has now, and that was not given before. */
  public static int next() {
    return firstOf(1);
  }

  /** The first of two in a row that nobody has now, and that were not given before. */
  public static int nextPair() {
    return firstOf(2);
  }

  private static int firstOf(int count) {
    for (int i = 0; i < TRIES; i++) {
      int first = ThreadLocalRandom.current().nextInt(BEGIN, BEGIN + SLICE - count + 1);
      IntPredicate isNew = port -> isFree(port) && GIVEN.add(port);
      if (IntStream.range(first, first + count).allMatch(isNew)) {
        return first;
      }
    }
    throw new IllegalStateException("no free port between " + BEGIN + " and " + (BEGIN + SLICE));
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(port)); // at any of the addresses that it may be bound to
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
