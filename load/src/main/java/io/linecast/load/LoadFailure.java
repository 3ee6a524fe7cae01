package io.linecast.load;

/** The run cannot go on; the message is for the person who started it. */
final class LoadFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  LoadFailure(String message) {
    super(message);
  }

  /** Returns a system call's result, or fails if it is an error. */
  static int check(int result, String call) {
    if (result < 0) {
      throw of(call, -result);
    }
    return result;
  }

  static LoadFailure of(String call, int errno) {
    return new LoadFailure(call + ": " + describe(errno));
  }

  private static String describe(int errno) {
    return switch (errno) {
      case 24 -> "too many open files (see ulimit -n)";
      case 98 -> "address in use";
      case 99 -> "no local port is free";
      case 101 -> "network unreachable";
      case 104 -> "connection reset";
      case 110 -> "timed out";
      case 111 -> "connection refused";
      default -> "error " + errno;
    };
  }
}
