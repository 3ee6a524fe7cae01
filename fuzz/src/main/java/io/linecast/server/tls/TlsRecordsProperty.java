package io.linecast.server.tls;

import io.linecast.fuzz.Cuts;
import io.linecast.fuzz.Property;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.util.ReferenceCountUtil;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;

/**
 * Whatever a connection with TLS begins with: it is waited for more, or it is refused, whoever's
 * TLS it is and however it is cut into reads; and nobody shakes hands without a secret of its own.
 */
public final class TlsRecordsProperty implements Property {

  private final List<TlsContexts> providers;

  /** Makes a certificate, which takes a moment. */
  public TlsRecordsProperty() {
    ServerCertificate certificate = new SelfSigned().make(List.of("localhost"));
    this.providers =
        List.of(contexts(certificate, TlsProvider.AUTO), contexts(certificate, TlsProvider.JDK));
  }

  private static TlsContexts contexts(ServerCertificate certificate, TlsProvider provider) {
    try {
      return new TlsContexts(TlsSource.of(certificate), provider, new TlsFigures());
    } catch (TlsFileException e) {
      throw new IllegalStateException("a certificate that was just made", e);
    }
  }

  @Override
  public void check(byte[] input) throws SSLException {
    for (TlsContexts contexts : providers) {
      boolean refused = isRefused(contexts, input, Cuts.WHOLE);
      for (Cuts cuts : List.of(Cuts.BYTES, Cuts.PARTS)) {
        Property.require(
            isRefused(contexts, input, cuts) == refused,
            () -> cuts + (refused ? ": waits for more" : ": refuses what may become something"));
      }
    }
  }

  private static boolean isRefused(TlsContexts contexts, byte[] input, Cuts cuts)
      throws SSLException {
    SSLEngine engine = contexts.newEngine(ByteBufAllocator.DEFAULT, false);
    Handshake handshake = new Handshake(engine);
    ByteBuf out = ByteBufAllocator.DEFAULT.directBuffer();
    try {
      for (byte[] read : cuts.of(input)) {
        handshake.add(Unpooled.copiedBuffer(read));
        boolean done = handshake.advance(out);
        Property.require(!done, () -> "shook hands with " + input.length + " bytes");
      }
      return false;
    } catch (SSLException refusal) {
      handshake.putAlert(out);
      return true;
    } finally {
      handshake.takeRest().release();
      out.release();
      ReferenceCountUtil.release(engine);
    }
  }
}
