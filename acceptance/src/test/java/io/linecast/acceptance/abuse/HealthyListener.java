package io.linecast.acceptance.abuse;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * One who does nothing wrong, and listens: each number has to come, once, in order. Numbers stand
 * in its bytes whatever the wire puts around them. On a thread of its own; anybody may ask.
 */
final class HealthyListener implements Runnable {

  /** What stands before a line's number. */
  static final String PREFIX = "healthy ";

  /** A wire on which lines are heard: how its connection asks for them, and says that it lives. */
  record Wire(String name, Socket socket, String request, String alive) {

    void say(String chars) throws IOException {
      socket.getOutputStream().write(chars.getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
    }
  }

  private final Wire wire;
  private volatile long heard;
  private volatile boolean answered;
  private volatile String trouble = "";
  private long number = -1;
  private int matched;

  HealthyListener(Wire wire) {
    this.wire = wire;
  }

  Wire wire() {
    return wire;
  }

  /** The last number that was heard; 0: none yet. */
  long heard() {
    return heard;
  }

  /** What was not to be; empty if nothing. */
  String trouble() {
    return trouble;
  }

  /** Whether it can hear lines by now, as far as it can tell. */
  boolean isListening() {
    return answered || wire.request().isEmpty();
  }

  @Override
  public void run() {
    byte[] bytes = new byte[64 << 10];
    try {
      InputStream input = wire.socket().getInputStream();
      for (int read = input.read(bytes); read >= 0; read = input.read(bytes)) {
        answered = true;
        for (int i = 0; i < read; i++) {
          look(bytes[i]);
        }
      }
      note("closed by the server");
    } catch (IOException e) {
      note(e.toString());
    }
  }

  private void look(byte next) {
    if (number >= 0) {
      if (next >= '0' && next <= '9') {
        number = number * 10 + next - '0';
      } else {
        onNumber(number);
        number = -1;
        matched = 0;
      }
    } else if (next == PREFIX.charAt(matched)) {
      if (++matched == PREFIX.length()) {
        number = 0;
      }
    } else {
      matched = next == PREFIX.charAt(0) ? 1 : 0;
    }
  }

  private void onNumber(long line) {
    if (heard != 0 && line != heard + 1) {
      note("heard " + line + " behind " + heard);
    }
    heard = line;
  }

  /** The first counts. */
  private void note(String what) {
    if (trouble.isEmpty()) {
      trouble = what;
    }
  }
}
