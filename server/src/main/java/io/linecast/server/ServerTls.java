package io.linecast.server;

import io.linecast.server.access.WatchedFiles;
import io.linecast.server.tls.SelfSigned;
import io.linecast.server.tls.ServerCertificate;
import io.linecast.server.tls.TlsContexts;
import io.linecast.server.tls.TlsFigures;
import io.linecast.server.tls.TlsFileException;
import io.linecast.server.tls.TlsSource;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * A server's TLS: made at the start, and made anew when its files change. A server that speaks none
 * has none of it. Safe from any thread.
 */
final class ServerTls implements AutoCloseable {

  private final TlsOptions options;
  private final TlsContexts contexts;
  private final Duration handshakeTime;

  /** Where there are files. */
  private final @Nullable ScheduledExecutorService watcher;

  private ServerTls(
      TlsOptions options,
      Duration handshakeTime,
      TlsContexts contexts,
      @Nullable ScheduledExecutorService watcher) {
    this.options = options;
    this.contexts = contexts;
    this.handshakeTime = handshakeTime;
    this.watcher = watcher;
  }

  /**
   * Makes it ready.
   *
   * @param options of a server that speaks TLS
   * @throws StartException if that cannot be done
   */
  static ServerTls start(ServerOptions options) {
    TlsSource source = source(options);
    Late late = new Late();
    WatchedFiles files = new WatchedFiles(source.files(), late::reload); // before they are read
    TlsContexts contexts = load(source, options.tls());
    late.contexts = contexts;
    ScheduledExecutorService watcher = null;
    if (!source.files().isEmpty()) {
      watcher =
          Executors.newSingleThreadScheduledExecutor(
              Thread.ofPlatform().daemon().name("linecast-certificates").factory());
      files.lookEach(WatchedFiles.INTERVAL, watcher);
    }
    return new ServerTls(options.tls(), options.limits().handshakeTime(), contexts, watcher);
  }

  /** Knows what is to be made anew once there is something. */
  private static final class Late {

    private @Nullable TlsContexts contexts;

    void reload() {
      if (contexts != null) {
        contexts.reload();
      }
    }
  }

  private static TlsContexts load(TlsSource source, TlsOptions options) {
    try {
      return new TlsContexts(source, options.provider(), new TlsFigures());
    } catch (TlsFileException e) {
      throw new StartException(StartException.Reason.USAGE, String.valueOf(e.getMessage()));
    } catch (IllegalStateException e) {
      throw new StartException(StartException.Reason.USAGE, "--tls-provider: " + e.getMessage());
    }
  }

  private static TlsSource source(ServerOptions options) {
    TlsOptions tls = options.tls();
    TlsSource source =
        tls.selfSigned()
            ? TlsSource.of(make(options))
            : TlsSource.ofFiles(tls.certificate().orElseThrow(), tls.key().orElseThrow());
    return tls.clientCa().map(ca -> source.withClients(ca, tls.clients())).orElse(source);
  }

  private static ServerCertificate make(ServerOptions options) {
    ServerCertificate made = new SelfSigned().make(names(options.bind()));
    options.tls().selfSignedTo().ifPresent(file -> write(file, made));
    return made;
  }

  private static void write(Path file, ServerCertificate made) {
    try {
      Files.writeString(file, made.pem(), StandardCharsets.US_ASCII);
    } catch (IOException e) {
      throw new StartException(
          StartException.Reason.USAGE,
          "--tls-self-signed: cannot write " + file + " (" + e.getMessage() + ")");
    }
  }

  /** What a client may have been told to connect to. */
  private static List<String> names(List<String> binds) {
    Set<String> names = new LinkedHashSet<>(List.of("localhost", "127.0.0.1", "::1"));
    names.addAll(binds);
    try {
      names.add(InetAddress.getLocalHost().getHostName());
    } catch (UnknownHostException hasNoName) {
      // It is for the others, then.
    }
    names.removeIf(name -> !StandardCharsets.US_ASCII.newEncoder().canEncode(name));
    return List.copyOf(names);
  }

  /** What a port's connections pass; none where it speaks no TLS. */
  List<Entry.Step> stepsOf(int port) {
    return isSpokenOn(port) ? List.of(new TlsStep(contexts, handshakeTime)) : List.of();
  }

  /** Whether clients of a port speak TLS. */
  boolean isSpokenOn(int port) {
    return !options.off().contains(port);
  }

  /** How a loop writes to its sockets, of a server with or without TLS. */
  static SocketWriter newWriter(@Nullable ServerTls tls, Transport transport) {
    SocketWriter plain = transport.newWriter();
    return tls == null ? plain : new TlsWriter(plain);
  }

  TlsFigures figures() {
    return contexts.figures();
  }

  TlsContexts contexts() {
    return contexts;
  }

  @Override
  public void close() {
    if (watcher != null) {
      watcher.shutdownNow();
    }
    contexts.close();
  }
}
