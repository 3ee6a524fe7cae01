package io.linecast.client;

import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.Optional;
import javax.net.ssl.SSLException;

/** Finds out from what TLS has failed with why, and puts it into words. */
final class TlsTrouble {

  /** Why a server closes without a word, perhaps. */
  static final String ASKED_IN_VAIN =
      "it asks for a client certificate, and was shown none (--tls-cert, --tls-key, or"
          + " Tls.presenting)";

  // What a TLS server's first byte can be.
  private static final int ALERT = 21;
  private static final int HANDSHAKE = 22;

  private static final String ALERTED = "Received fatal alert: ";

  private final Tls tls;
  private final Socket secure;

  /** Of a connection. */
  TlsTrouble(Tls tls, Socket secure) {
    this.tls = tls;
    this.secure = secure;
  }

  /** Whether it is the first byte of a server that speaks TLS to somebody who does not. */
  static boolean isAlert(int firstByte) {
    return firstByte == ALERT;
  }

  /** The handshake has come to nothing. */
  IOException ofHandshake(IOException failure, int firstByte) {
    Optional<DistrustException> distrust = cause(failure, DistrustException.class);
    if (distrust.isPresent()) {
      return lasting(String.valueOf(distrust.get().getMessage()), failure);
    }
    boolean answered = firstByte >= 0;
    if (answered && firstByte != ALERT && firstByte != HANDSHAKE) {
      return lasting("it does not speak TLS (linecast:// is without)", failure);
    }
    String perhaps = answered ? "" : "; does it speak TLS? (linecast:// is without)";
    if (cause(failure, SocketTimeoutException.class).isPresent()) {
      return passing("the TLS handshake has taken too long" + perhaps, failure);
    }
    if (cause(failure, EOFException.class).isPresent()) {
      return passing("it has closed the connection in the TLS handshake" + perhaps, failure);
    }
    return failure instanceof SSLException tlsFailure ? ofAlert(tlsFailure) : ofEarlyEnd(failure);
  }

  /** The server has ended it with an alert, or something like it. */
  IOException ofAlert(SSLException failure) {
    Optional<SocketException> cut = cause(failure, SocketException.class);
    if (cut.isPresent()) {
      return ofEarlyEnd(cut.get());
    }
    String words = Connection.words(failure);
    int alertAt = words.indexOf(ALERTED);
    if (alertAt < 0) {
      return lasting("no TLS with it: " + words, failure);
    }
    String alert = words.substring(alertAt + ALERTED.length());
    if (alert.equals("internal_error")) {
      return passing("it has ended the TLS with the alert " + alert, failure);
    }
    if (tls.isAskedInVain(secure)) {
      return lasting(ASKED_IN_VAIN + ": " + alert, failure);
    }
    return lasting(
        tls.isAsked(secure)
            ? "it does not accept the client certificate that it was shown: " + alert
            : "it has ended the TLS with the alert " + alert,
        failure);
  }

  /** The connection was cut before the server had said anything. */
  IOException ofEarlyEnd(IOException failure) {
    if (!tls.isAsked(secure)) {
      return failure;
    }
    String perhaps =
        tls.isAskedInVain(secure)
            ? ASKED_IN_VAIN
            : "it asks for a client certificate, and may not accept the one that it was shown";
    return passing(Connection.words(failure) + "; " + perhaps, failure);
  }

  private static TlsException lasting(String words, IOException failure) {
    return new TlsException(words, true, failure);
  }

  private static TlsException passing(String words, IOException failure) {
    return new TlsException(words, false, failure);
  }

  private static <T extends Exception> Optional<T> cause(Throwable failure, Class<T> kind) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (kind.isInstance(cause)) {
        return Optional.of(kind.cast(cause));
      }
    }
    return Optional.empty();
  }
}
