package io.linecast.load;

/**
 * How many bytes lines take when they arrive one after the other: all the same, or each with the
 * digits of its number besides, which rises by one.
 *
 * @param eachBytes of a line, without the digits of its number
 */
record LineLengths(int eachBytes, boolean numbered) {
  private static final int RADIX = 10;

  /** Bytes of so many lines, of which the first has the number {@code first}. */
  long bytes(long first, long lines) {
    long digits = numbered ? digitsBelow(first + lines) - digitsBelow(first) : 0;
    return lines * eachBytes + digits;
  }

  /** How many whole lines so many bytes are, of which the first has the number {@code first}. */
  long lines(long first, long bytes) {
    if (!numbered) {
      return bytes / eachBytes;
    }
    long number = first;
    long rest = bytes;
    long longer = RADIX; // the lowest number with more digits
    int digits = 1;
    while (longer <= number) {
      longer *= RADIX;
      digits++;
    }
    while (rest / (eachBytes + digits) >= longer - number) {
      rest -= (longer - number) * (eachBytes + digits);
      number = longer;
      longer *= RADIX;
      digits++;
    }
    return number - first + rest / (eachBytes + digits);
  }

  /** All digits of the numbers from 1 to {@code end} - 1. */
  private static long digitsBelow(long end) {
    long digits = 0;
    for (long power = 1; power < end; power *= RADIX) {
      digits += end - power; // each number that is not below it has this digit too
    }
    return digits;
  }
}
