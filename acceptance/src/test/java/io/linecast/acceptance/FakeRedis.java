package io.linecast.acceptance;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** As much of Redis as publishing and subscribing on one channel takes (RESP2). */
final class FakeRedis implements AutoCloseable {
  private final ServerSocket listener;
  private final List<Socket> clients = new CopyOnWriteArrayList<>();
  private final List<Socket> subscribers = new CopyOnWriteArrayList<>();

  private FakeRedis(ServerSocket listener) {
    this.listener = listener;
  }

  /** Starts one on a free port. */
  static FakeRedis start() throws IOException {
    FakeRedis server = new FakeRedis(new ServerSocket(0, 100, InetAddress.getLoopbackAddress()));
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
        clients.add(client);
        Thread.ofVirtual().start(() -> serve(client));
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }

  private void serve(Socket client) {
    try (client;
        InputStream input = new BufferedInputStream(client.getInputStream())) {
      for (String head = line(input); head.startsWith("*"); head = line(input)) {
        List<String> words = new ArrayList<>();
        for (int i = Integer.parseInt(head.substring(1)); i > 0; i--) {
          int length = Integer.parseInt(line(input).substring(1));
          words.add(new String(input.readNBytes(length), US_ASCII));
          line(input);
        }
        answer(client, words);
      }
    } catch (IOException gone) {
      // It has left.
    } finally {
      subscribers.remove(client);
    }
  }

  private synchronized void answer(Socket client, List<String> words) throws IOException {
    switch (words.getFirst()) {
      case "SUBSCRIBE" -> {
        subscribers.add(client);
        say(client, "*3\r\n$9\r\nsubscribe\r\n$1\r\nc\r\n:1\r\n");
      }
      case "PUBLISH" -> {
        String line = words.getLast();
        for (Socket subscriber : subscribers) {
          say(
              subscriber,
              "*3\r\n$7\r\nmessage\r\n$1\r\nc\r\n$" + line.length() + "\r\n" + line + "\r\n");
        }
        say(client, ":" + subscribers.size() + "\r\n");
      }
      default -> say(client, "-ERR unknown command\r\n");
    }
  }

  private static void say(Socket client, String words) throws IOException {
    client.getOutputStream().write(words.getBytes(US_ASCII));
  }

  /** Up to CR LF; empty at the end. */
  private static String line(InputStream input) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = input.read(); next >= 0 && next != '\n'; next = input.read()) {
      line.append((char) next);
    }
    return line.toString().strip();
  }
}
