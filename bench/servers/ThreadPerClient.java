import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The architecture of one thread per client: blocking reads, and for every line one blocking write
 * to every other client in turn, by the thread of the client that sent it. What it is here to show:
 * simple code, lines × clients writes, a thread's memory for each client, and that a client that
 * does not read holds up everybody who sends.
 *
 * <pre>
 * java ThreadPerClient.java PORT             platform threads, with stacks of 256 KiB
 * java ThreadPerClient.java PORT --virtual   virtual threads
 * </pre>
 */
public final class ThreadPerClient {
  private static final int BACKLOG = 4096;
  private static final long STACK_BYTES = 256 << 10;

  /** A connection; whoever writes to it holds its lock for that one write. */
  private record Client(Socket socket, OutputStream output, ReentrantLock lock) {
    void write(byte[] line) throws IOException {
      lock.lock();
      try {
        output.write(line);
      } finally {
        lock.unlock();
      }
    }
  }

  private final Map<Client, Client> clients = new ConcurrentHashMap<>();

  public static void main(String[] args) throws IOException {
    boolean virtual = args.length > 1 && args[1].equals("--virtual");
    Thread.Builder threads =
        virtual ? Thread.ofVirtual() : Thread.ofPlatform().stackSize(STACK_BYTES);
    try (ServerSocket listener = new ServerSocket()) {
      listener.bind(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(args[0])), BACKLOG);
      ThreadPerClient server = new ThreadPerClient();
      while (true) {
        Socket socket = listener.accept();
        try {
          threads.start(() -> server.serve(socket));
        } catch (OutOfMemoryError noThreadLeft) {
          System.err.println("no thread for client " + server.clients.size() + ": " + noThreadLeft);
          socket.close();
        }
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      socket.setTcpNoDelay(true);
      Client client = new Client(socket, socket.getOutputStream(), new ReentrantLock());
      clients.put(client, client);
      try (BufferedReader lines =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1), 1024)) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          broadcast(client, (line + "\n").getBytes(StandardCharsets.ISO_8859_1));
        }
      } finally {
        clients.remove(client);
      }
    } catch (IOException gone) {
      // A client that is gone is no fault.
    }
  }

  private void broadcast(Client from, byte[] line) {
    for (Client client : clients.keySet()) {
      if (client != from) {
        try {
          client.write(line);
        } catch (IOException gone) {
          clients.remove(client);
        }
      }
    }
  }
}
