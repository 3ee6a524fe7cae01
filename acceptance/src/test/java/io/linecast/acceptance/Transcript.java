package io.linecast.acceptance;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one listener heard: numbered lines in their order, fences, and noise. Written by one thread;
 * the counts and the first fault may be asked for by any.
 */
final class Transcript {
  /** How lines begin that are sent only to disturb. */
  static final String NOISE_PREFIX = "noise";

  private static final byte[] NOISE = NOISE_PREFIX.getBytes(ISO_8859_1);
  private static final byte[] FENCE = Fence.PREFIX.getBytes(ISO_8859_1);

  private final Map<Integer, Integer> nextNumbers = new HashMap<>();
  private long[] heard = new long[64];
  private int size;
  private volatile int count;
  private volatile int fence;
  private volatile @Nullable String fault;

  /** Hears a line, without its LF. */
  void hear(byte[] bytes, int from, int to) {
    if (startsWith(bytes, from, to, NOISE)) {
      return;
    }
    if (startsWith(bytes, from, to, FENCE)) {
      fence = Integer.parseInt(new String(bytes, from, to - from, ISO_8859_1).substring(6));
      return;
    }
    try {
      hear(NumberedLine.decode(bytes, from, to));
    } catch (IllegalArgumentException e) {
      findFault(e.getMessage());
    }
  }

  /** Numbered lines heard so far. */
  int count() {
    return count;
  }

  int lastFence() {
    return fence;
  }

  /** The first thing that was not as it must be. */
  Optional<String> fault() {
    return Optional.ofNullable(fault);
  }

  /** The lines in the order heard, those of one sender left out. Only once all is heard. */
  long[] orderWithout(int sender) {
    return Arrays.stream(heard, 0, count).filter(line -> line >> 32 != sender).toArray();
  }

  private void hear(NumberedLine line) {
    int expected = nextNumbers.getOrDefault(line.sender(), line.number());
    if (line.number() != expected) {
      findFault("%s where number %d was to come".formatted(line, expected));
    }
    nextNumbers.put(line.sender(), line.number() + 1);
    if (size == heard.length) {
      heard = Arrays.copyOf(heard, 2 * size);
    }
    heard[size++] = (long) line.sender() << 32 | line.number();
    count = size;
  }

  void findFault(String text) {
    if (fault == null) {
      fault = "after %d lines: %s".formatted(count, text);
    }
  }

  private static boolean startsWith(byte[] bytes, int from, int to, byte[] prefix) {
    return to - from >= prefix.length
        && Arrays.equals(bytes, from, from + prefix.length, prefix, 0, prefix.length);
  }
}
