package io.linecast.server;

import io.linecast.core.CloseReason;
import io.linecast.server.access.Network;
import io.linecast.server.access.Peer;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.haproxy.HAProxyCommand;
import io.netty.handler.codec.haproxy.HAProxyMessage;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has a connection from a proxy begin with a PROXY header, which tells of the client that the proxy
 * speaks for; a connection from anywhere else is that of a client. Safe from any loop.
 */
final class ProxyStep implements Entry.Step {

  /** The word for connections without a header. */
  static final String REFUSAL = "proxy";

  private static final Logger LOG = LoggerFactory.getLogger(ProxyStep.class);

  private final List<Network> proxies;
  private final Duration patience;
  private final OncePerSecond refused = new OncePerSecond(System::nanoTime);

  /**
   * A step that looks for headers.
   *
   * @param proxies where they come from
   * @param patience how long one may take to come
   */
  ProxyStep(List<Network> proxies, Duration patience) {
    this.proxies = proxies;
    this.patience = patience;
  }

  @Override
  public void pass(Entry entry) {
    if (isProxy(entry)) {
      ProxyHeaderDecoder decoder = new ProxyHeaderDecoder();
      entry.socket().pipeline().addLast(decoder, new Awaited(entry, decoder));
    } else {
      entry.proceed();
    }
  }

  private boolean isProxy(Entry entry) {
    return Peer.addressOf(entry.socket()) instanceof InetSocketAddress from
        && from.getAddress() != null
        && proxies.stream().anyMatch(network -> network.contains(from.getAddress()));
  }

  /**
   * Who comes behind a header: the proxy itself, for a look at whether we are here, or a client.
   * One whose address it cannot tell is nowhere, and above all not where the proxy is.
   *
   * @throws IllegalArgumentException if it tells an address that there cannot be
   */
  private static Peer peer(Peer proxy, HAProxyMessage header) {
    return header.command() == HAProxyCommand.LOCAL
        ? proxy
        : client(header).map(proxy::withAddress).orElseGet(proxy::hiddenByProxy);
  }

  /**
   * The client that a header tells of; empty if it tells of none. A loopback address is one of the
   * proxy's machine: here it would make a stranger one of ours.
   */
  static Optional<InetSocketAddress> client(HAProxyMessage header) {
    return switch (header.proxiedProtocol()) {
      case TCP4, TCP6 ->
          Optional.of(
                  new InetSocketAddress(
                      InetAddress.ofLiteral(header.sourceAddress()), header.sourcePort()))
              .filter(client -> !client.getAddress().isLoopbackAddress());
      default -> Optional.empty();
    };
  }

  /** A connection whose header is awaited, behind the decoder. Owned by its loop. */
  private final class Awaited extends ChannelInboundHandlerAdapter {

    private final Entry entry;
    private final ProxyHeaderDecoder decoder;
    private final Future<?> timeout;
    private boolean done;

    Awaited(Entry entry, ProxyHeaderDecoder decoder) {
      this.entry = entry;
      this.decoder = decoder;
      this.timeout =
          entry
              .loop()
              .eventLoop()
              .schedule(this::onTimeout, patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** What came behind the header follows as soon as this returns. */
    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
      HAProxyMessage header = (HAProxyMessage) message;
      if (done) { // refused: the decoder goes on with what had come by then
        header.release();
        return;
      }
      try {
        DuplexChannel socket = entry.socket();
        peer(Peer.of(socket), header).tell(socket);
      } catch (IllegalArgumentException e) {
        refuse("begins with one of an address that there cannot be");
        return;
      } finally {
        header.release();
      }
      done = true;
      timeout.cancel(false);
      ctx.pipeline().remove(this);
      entry.proceed();
    }

    private void onTimeout() {
      entry.connections().limited().count(Limit.HANDSHAKE_TIME);
      refuse("has not sent it within " + patience.toSeconds() + " s (--handshake-time)");
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
      if (event == ChannelInputShutdownEvent.INSTANCE && !done) {
        if (decoder.hasBegun()) {
          refuse("ends within it");
        } else {
          entry.socket().close(); // somebody has looked whether we are here
        }
      }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
      if (cause instanceof DecoderException) {
        refuse("begins with something else");
      } else {
        ctx.fireExceptionCaught(cause);
      }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
      timeout.cancel(false);
      ctx.fireChannelInactive();
    }

    private void refuse(String why) {
      if (done) {
        return;
      }
      done = true;
      timeout.cancel(false);
      refused.happened(
          times ->
              LOG.warn(
                  "refused {} connection(s), {} the last: who comes from there sends a PROXY header"
                      + " first (--proxy-from), and it {}",
                  times,
                  Peer.addressOf(entry.socket()),
                  why));
      entry.refuse(CloseReason.HANDSHAKE, REFUSAL);
    }
  }
}
