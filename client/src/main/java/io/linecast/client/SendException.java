package io.linecast.client;

import io.linecast.protocol.Code;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A line that is not acknowledged and will not be. The one thing to ask is {@link #mayBeRelayed}:
 * if not, the line can be sent again without a doubt; if so, only the program can know whether to
 * lose it or to send it twice.
 */
public final class SendException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final long number;
  private final boolean mayBeRelayed;
  private final String epoch;
  private final @Nullable Code code;

  SendException(
      long number,
      boolean mayBeRelayed,
      String epoch,
      @Nullable Code code,
      String message,
      @Nullable Throwable cause) {
    super(message, cause);
    this.number = number;
    this.mayBeRelayed = mayBeRelayed;
    this.epoch = epoch;
    this.code = code;
  }

  /** The client's own number for the line. */
  public long number() {
    return number;
  }

  /**
   * Whether others may have heard the line. False: certainly not. True: it cannot be known; the
   * connection was lost with the line under way, and no server remembers any more.
   */
  public boolean mayBeRelayed() {
    return mayBeRelayed;
  }

  /** The numbering under which the line may have been relayed. */
  public String epoch() {
    return epoch;
  }

  /** The server's reason, if it has refused the line. */
  public Optional<Code> code() {
    return Optional.ofNullable(code);
  }
}
