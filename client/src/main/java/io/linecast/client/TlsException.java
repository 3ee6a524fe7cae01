package io.linecast.client;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * There is no connection by TLS; the message says why, and what to do about it if that is known.
 */
public final class TlsException extends IOException {

  private static final long serialVersionUID = 1;

  private final boolean lasting;

  TlsException(String message, boolean lasting, @Nullable Throwable cause) {
    super(message, cause);
    this.lasting = lasting;
  }

  /** Whether it will be the same the next time, until somebody changes something. */
  public boolean isLasting() {
    return lasting;
  }
}
