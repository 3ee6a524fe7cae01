package io.linecast.acceptance;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * As much of LINECAST/1 as a load takes, with one thing done wrong, now and then, once it has won
 * some trust.
 */
final class FaultyAckServer implements AutoCloseable {
  private static final int TRUSTED_LINES = 20;
  private static final int FAULT_EVERY = 25;

  /** A listener that is neither the first nor the last, which are always verified in full. */
  private static final int ONE = 2;

  private final ServerSocket listener;
  private final String fault;
  private final List<Socket> clients = new CopyOnWriteArrayList<>();
  private final List<Socket> listeners = new CopyOnWriteArrayList<>();
  private long line;

  private FaultyAckServer(ServerSocket listener, String fault) {
    this.listener = listener;
    this.fault = fault;
  }

  /**
   * Starts one on a free port.
   *
   * @param fault what it does wrong: leave a number out, leave a line out for one listener, answer
   *     a line never, twice, under another number or with the first line's number, refuse it,
   *     refuse every hello, or ask whether somebody is there; or nothing
   */
  static FaultyAckServer start(String fault) throws IOException {
    FaultyAckServer server =
        new FaultyAckServer(new ServerSocket(0, 100, InetAddress.getLoopbackAddress()), fault);
    Thread.ofVirtual().start(server::accept);
    return server;
  }

  int port() {
    return listener.getLocalPort();
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket client : clients) {
      client.close();
    }
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listener.accept();
        client.setTcpNoDelay(true);
        clients.add(client);
        Thread.ofVirtual().start(() -> serve(client));
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }

  private void serve(Socket client) {
    try (client;
        BufferedReader input =
            new BufferedReader(new InputStreamReader(client.getInputStream(), US_ASCII))) {
      String hello = input.readLine();
      if (hello == null) {
        return;
      }
      welcome(client, hello);
      for (String said = input.readLine(); said != null; said = input.readLine()) {
        if (said.startsWith("SEND ")) {
          publish(client, said);
        }
      }
    } catch (IOException gone) {
      // It has left.
    } finally {
      listeners.remove(client);
    }
  }

  private synchronized void welcome(Socket client, String hello) throws IOException {
    String nonce = hello.split(" ", -1)[1];
    if (fault.equals("refuse-hello")) {
      say(client, "LINECAST/1 " + nonce + " no overload not now\n");
      client.close();
      return;
    }
    say(
        client,
        "LINECAST/1 %s ok channel=main next=%d oldest=1 journal=memory epoch=e max-line=65536 heartbeat=15\n"
            .formatted(nonce, line + 1));
    if (!hello.contains("listen=no")) {
      listeners.add(client);
    }
  }

  private synchronized void publish(Socket from, String send) throws IOException {
    String[] words = send.split(" ", 3);
    long number = Long.parseLong(words[1]);
    line++;
    boolean faulty = line > TRUSTED_LINES && line % FAULT_EVERY == 0;
    String happens = faulty ? fault : "";
    if (happens.equals("skip-number")) {
      line++;
    }
    for (Socket client : listeners) {
      boolean lost = happens.equals("drop-one") && client.equals(listeners.get(ONE));
      if (happens.equals("ping")) {
        say(client, "PING 1\n");
      }
      say(client, lost ? "" : "LINE " + line + " " + words[2] + "\n");
    }
    say(from, answer(happens, number));
  }

  private String answer(String happens, long number) {
    String sent = "SENT " + number + " " + line + " " + listeners.size() + "\n";
    return switch (happens) {
      case "no-answer" -> "";
      case "answer-twice" -> sent + sent;
      case "other-number" -> "SENT " + (number + 1) + " " + line + " 0\n";
      case "old-line" -> "SENT " + number + " 1 0\n";
      case "refuse" -> "FAIL " + number + " rate too fast\n";
      default -> sent;
    };
  }

  private static void say(Socket client, String words) throws IOException {
    client.getOutputStream().write(words.getBytes(US_ASCII));
  }
}
