package io.linecast.core;

import io.linecast.protocol.Code;

/** A client is not let in; the message says why, for people. */
public final class RefusedException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final Code code;

  /** A refusal with its reason. */
  public RefusedException(Code code, String text) {
    super(text);
    this.code = code;
  }

  /** Why, for programs. */
  public Code code() {
    return code;
  }
}
