package io.linecast.server.tls;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SslContext;
import io.netty.util.ReferenceCountUtil;
import java.time.Instant;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The TLS that new connections get: replaced as a whole when its source has changed, while those
 * that are there keep what they have. Safe from any thread; one reload at a time.
 */
public final class TlsContexts implements AutoCloseable {

  /**
   * What was made of one material.
   *
   * @param lines for the line ports
   * @param web for the web port
   */
  private record Made(ServerCertificate certificate, SslContext lines, SslContext web) {

    static Made of(TlsMaterial material) throws SSLException {
      SslContext lines = material.newContext(false);
      try {
        return new Made(material.certificate(), lines, material.newContext(true));
      } catch (SSLException | RuntimeException e) {
        ReferenceCountUtil.release(lines);
        throw e;
      }
    }

    /** Connections that have an engine of it keep it until they close. */
    void release() {
      ReferenceCountUtil.release(lines);
      ReferenceCountUtil.release(web);
    }
  }

  private static final Logger LOG = LoggerFactory.getLogger(TlsContexts.class);

  private final TlsSource source;
  private final TlsProvider provider;
  private final TlsFigures figures;

  /** Volatile: loops look at it for each connection. Written while this is locked. */
  private volatile Made current;

  /** The one before, which a loop may be about to take an engine of. Guarded by this. */
  private @Nullable Made previous;

  /**
   * Loads them for the first time.
   *
   * @throws TlsFileException if that cannot be done
   * @throws IllegalStateException if the provider is not to be had
   */
  public TlsContexts(TlsSource source, TlsProvider provider, TlsFigures figures)
      throws TlsFileException {
    this.source = source;
    this.provider = provider.resolve();
    this.figures = figures;
    this.current = load();
    LOG.info(
        "TLS by {}, with the certificate of {}, valid until {}",
        this.provider == TlsProvider.OPENSSL ? "BoringSSL" : "the JDK",
        current.certificate().chain().getFirst().getSubjectX500Principal(),
        notAfter());
    warnIfExpired();
  }

  private Made load() throws TlsFileException {
    try {
      return Made.of(source.load(provider));
    } catch (SSLException | RuntimeException e) {
      throw new TlsFileException(
          source.files() + ": TLS cannot be made of these (" + e.getMessage() + ")", e);
    }
  }

  /** Takes what the files say now, if that is whole; else keeps what there is, and says so. */
  public synchronized boolean reload() {
    try {
      Made next = load();
      if (previous != null) {
        previous.release();
      }
      previous = current;
      current = next;
      figures.reloads().increment();
      LOG.info("new connections get the certificate that is valid until {}", notAfter());
      warnIfExpired();
      return true;
    } catch (TlsFileException e) {
      figures.reloadFailures().increment();
      LOG.warn("the certificate stays what it was, valid until {}: {}", notAfter(), e.getMessage());
      return false;
    }
  }

  private void warnIfExpired() {
    if (notAfter().isBefore(Instant.now())) {
      LOG.warn("the certificate has expired: clients that verify it will not connect");
    }
  }

  /**
   * TLS for one connection, as a server.
   *
   * @param http whether it is one of the web port
   */
  public SSLEngine newEngine(ByteBufAllocator allocator, boolean http) {
    Made made = current;
    SSLEngine engine = (http ? made.web() : made.lines()).newEngine(allocator);
    engine.setUseClientMode(false);
    return engine;
  }

  /** When the certificate of new connections expires. */
  public Instant notAfter() {
    return current.certificate().notAfter();
  }

  /** The certificate of new connections. */
  public ServerCertificate certificate() {
    return current.certificate();
  }

  /** What has happened so far. */
  public TlsFigures figures() {
    return figures;
  }

  /** No connection comes any more. */
  @Override
  public synchronized void close() {
    current.release();
    if (previous != null) {
      previous.release();
      previous = null;
    }
  }
}
