package io.linecast.load;

/**
 * How many bytes lines take when they arrive one after the other: all the same, or each with the
 * digits of its number besides, which rises by one; and in a chunk, with the digits of its size.
 *
 * @param eachBytes of a line, without the digits of its number and of its chunk's size
 * @param chunkBytes the size of its chunk, without the digits of its number; 0 where there are none
 */
record LineLengths(int eachBytes, boolean numbered, int chunkBytes) {
  private static final int RADIX = 10;
  private static final int BITS_OF_HEX = 4;

  /** Lines that are all equally long. */
  static LineLengths same(int eachBytes) {
    return new LineLengths(eachBytes, false, 0);
  }

  /** Lines with numbers. */
  static LineLengths numbered(int eachBytes) {
    return new LineLengths(eachBytes, true, 0);
  }

  /** Bytes of so many lines, of which the first has the number {@code first}. */
  long bytes(long first, long lines) {
    if (!numbered) {
      return lines * eachBytes;
    }
    long bytes = 0;
    long number = first;
    long rest = lines;
    int digits = digits(first);
    for (long longer = power(digits); rest > 0; longer *= RADIX, digits++) {
      long alike = Math.min(rest, longer - number);
      bytes += alike * bytesWith(digits);
      number += alike;
      rest -= alike;
    }
    return bytes;
  }

  /** How many whole lines so many bytes are, of which the first has the number {@code first}. */
  long lines(long first, long bytes) {
    if (!numbered) {
      return bytes / eachBytes;
    }
    long number = first;
    long rest = bytes;
    int digits = digits(first);
    long longer = power(digits); // the lowest number with more digits
    while (rest / bytesWith(digits) >= longer - number) {
      rest -= (longer - number) * bytesWith(digits);
      number = longer;
      longer *= RADIX;
      digits++;
    }
    return number - first + rest / bytesWith(digits);
  }

  /** Bytes of a line whose number has so many digits. */
  private int bytesWith(int digits) {
    return eachBytes + digits + (chunkBytes > 0 ? hexDigits(chunkBytes + digits) : 0);
  }

  private static int hexDigits(int size) {
    return (Integer.SIZE - Integer.numberOfLeadingZeros(size) + BITS_OF_HEX - 1) / BITS_OF_HEX;
  }

  private static int digits(long number) {
    int digits = 1;
    for (long longer = RADIX; longer <= number; longer *= RADIX) {
      digits++;
    }
    return digits;
  }

  private static long power(int exponent) {
    long power = 1;
    for (int i = 0; i < exponent; i++) {
      power *= RADIX;
    }
    return power;
  }
}
