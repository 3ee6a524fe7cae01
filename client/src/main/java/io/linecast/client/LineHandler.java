package io.linecast.client;

import java.util.Optional;

/**
 * What a program does with what it hears. All methods are called on one thread of the client's, one
 * after the other, never at the same time; while a method is busy nothing else is handed over, and
 * the server is read from no further than a bounded number of bytes ahead.
 *
 * <p>A method may send, wait for the acknowledgement of what it has sent, and close the client.
 * While it waits the server is read from further: 64 MiB beyond the {@link ClientBuilder#queue}.
 * Where that does not suffice the client ends ({@link ClientException.Reason#BEHIND}) if it knows
 * of the waiting, as it does in {@code join}, {@code get}, {@code send} and {@code awaitAll}, and
 * stands still if it does not, as with {@code CompletableFuture.allOf}. To wait for anything else
 * that only the server can bring, such as the client's end, is to stand still once the queue is
 * full.
 *
 * <p>An exception thrown by a method ends the client ({@link ClientException.Reason#HANDLER}): to
 * go on would be to lose a line without a word. So does a thread that is left interrupted.
 */
public interface LineHandler {

  /**
   * A line. When this returns, the line counts as dealt with (unless {@link
   * ClientBuilder#doneByHand} is set).
   */
  void onLine(Line line);

  /** Lines that will never come. There is no default on purpose. */
  void onGap(Gap gap);

  /**
   * Nothing more will come.
   *
   * @param failure why, if it was not the program that closed the client
   */
  default void onEnd(Optional<ClientException> failure) {}
}
