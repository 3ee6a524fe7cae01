package io.linecast.acceptance.journal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.concurrent.locks.LockSupport;

/** A listener who hears lines as they are, from whenever it comes. */
final class PlainListener implements Party {

  private final InetSocketAddress address;
  private final Ledger ledger;
  private volatile boolean ending;

  PlainListener(InetSocketAddress address, Ledger ledger) {
    this.address = address;
    this.ledger = ledger;
  }

  @Override
  public void end() {
    ending = true;
  }

  @Override
  public void run() {
    while (!ending) {
      try (Socket socket = new Socket(address.getAddress(), address.getPort())) {
        hear(new BufferedInputStream(socket.getInputStream()));
      } catch (IOException e) {
        LockSupport.parkNanos(LOOK_AGAIN_NANOS); // the server is dead, or comes up
      }
    }
  }

  /** Only whole lines count: with the server, the last one may die within. */
  private void hear(InputStream input) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = input.read(); next >= 0 && !ending; next = input.read()) {
      if (next == '\n') {
        ledger.onHeardPlain(line.toString(ISO_8859_1));
        line.reset();
      } else {
        line.write(next);
      }
    }
  }
}
