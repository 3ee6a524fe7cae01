package io.linecast.bench.tls;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Connects to a server, by TLS or without. */
final class Wire {

  private final Bootstrap bootstrap;
  private final int port;
  private final boolean resumes;
  private final @Nullable SslContext tls;

  /**
   * Connects to nothing yet.
   *
   * @param ca whom to trust; empty for no TLS
   * @param resumes whether a later connection goes on with the session of an earlier one
   */
  Wire(EventLoopGroup group, int port, Optional<Path> ca, boolean resumes) throws SSLException {
    this.bootstrap = new Bootstrap().group(group).channel(EpollSocketChannel.class);
    this.port = port;
    this.resumes = resumes;
    this.tls =
        ca.isEmpty()
            ? null
            : SslContextBuilder.forClient()
                .sslProvider(SslProvider.OPENSSL)
                .protocols("TLSv1.3")
                .trustManager(ca.get().toFile())
                .endpointIdentificationAlgorithm(null)
                .build();
  }

  /**
   * Connects.
   *
   * @param before stands before TLS, and sees what is on the wire; none if it is null
   * @param behind stands behind it
   */
  Channel open(@Nullable ChannelHandler before, ChannelHandler behind)
      throws InterruptedException, ExecutionException {
    Channel channel =
        bootstrap
            .clone()
            .handler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel opened) {
                    if (before != null) {
                      opened.pipeline().addLast(before);
                    }
                    if (tls != null) {
                      opened.pipeline().addLast(newTls(tls));
                    }
                    opened.pipeline().addLast(behind);
                  }
                })
            .connect("127.0.0.1", port)
            .sync()
            .channel();
    SslHandler secured = channel.pipeline().get(SslHandler.class);
    if (secured != null) {
      secured.handshakeFuture().get();
    }
    return channel;
  }

  /** Sessions are kept under a server's name: where none is given, there is none to resume. */
  private SslHandler newTls(SslContext context) {
    return resumes
        ? context.newHandler(PooledByteBufAllocator.DEFAULT, "localhost", port)
        : context.newHandler(PooledByteBufAllocator.DEFAULT);
  }
}
