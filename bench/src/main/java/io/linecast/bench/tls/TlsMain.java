package io.linecast.bench.tls;

import com.google.gson.Gson;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Measures one thing, and writes it to standard output as JSON: {@code seal SECONDS}, {@code
 * fan-out PORT PID CA|- CLIENTS LINE_BYTES SECONDS} or {@code handshakes PORT PID CA full|resumed
 * SECONDS}.
 */
public final class TlsMain {

  private static final int SAMPLES = 2;
  private static final int WARM_UP_SECONDS = 3;

  private TlsMain() {}

  /** Runs. */
  public static void main(String[] words) throws Exception {
    Map<String, Object> figures =
        switch (words[0]) {
          case "seal" -> new SealSpeed().measure(Integer.parseInt(words[1]));
          case "fan-out" -> fanOut(words);
          case "handshakes" -> handshakes(words);
          default -> throw new IllegalArgumentException(words[0]);
        };
    System.out.println(new Gson().toJson(figures));
    System.exit(0);
  }

  private static Map<String, Object> fanOut(String[] words) throws Exception {
    Optional<Path> ca = "-".equals(words[3]) ? Optional.empty() : Optional.of(Path.of(words[3]));
    try (var group = new MultiThreadIoEventLoopGroup(1, epoll())) {
      Wire wire = new Wire(group, Integer.parseInt(words[1]), ca, false);
      FanOut run =
          new FanOut(wire, Integer.parseInt(words[4]), SAMPLES, Integer.parseInt(words[5]));
      return run.measure(
          new ServerTime(Long.parseLong(words[2])), WARM_UP_SECONDS, Integer.parseInt(words[6]));
    }
  }

  private static Map<String, Object> handshakes(String[] words) throws Exception {
    boolean resumed = "resumed".equals(words[4]);
    try (var group = new MultiThreadIoEventLoopGroup(1, epoll())) {
      Wire wire =
          new Wire(group, Integer.parseInt(words[1]), Optional.of(Path.of(words[3])), resumed);
      return new Handshakes(wire)
          .measure(new ServerTime(Long.parseLong(words[2])), Integer.parseInt(words[5]));
    }
  }

  private static IoHandlerFactory epoll() {
    return EpollIoHandler.newFactory();
  }
}
