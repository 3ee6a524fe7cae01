package io.linecast.client;

/**
 * What the program's own code has thrown on a thread of the client's: told as if it had ended the
 * thread, which goes on.
 */
final class Uncaught {

  private Uncaught() {}

  static void report(Throwable thrown) {
    Thread thread = Thread.currentThread();
    thread.getUncaughtExceptionHandler().uncaughtException(thread, thrown);
  }
}
