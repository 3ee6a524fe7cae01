package io.linecast.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How listening channels accept clients who were waiting already. */
class ServerChannelIT {

  private static final int CLIENTS = 20;

  @ParameterizedTest
  @EnumSource(
      value = Transport.class,
      names = {"EPOLL", "NIO"})
  void shouldAcceptNobodyBehindTheOneWhoIsToBeTheLast(Transport transport) throws Exception {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    var accepted = new LinkedBlockingQueue<Channel>();
    var group = new MultiThreadIoEventLoopGroup(1, transport.newIoHandlerFactory());
    List<Socket> clients = new ArrayList<>();
    try {
      Channel listening = listen(transport, loopback, group, new OneAtATime(accepted));
      int port = ((InetSocketAddress) listening.localAddress()).getPort();
      for (int i = 0; i < CLIENTS; i++) {
        clients.add(new Socket(loopback, port));
      }
      for (int i = 1; i <= CLIENTS; i++) {
        // On its loop, as the server does: from elsewhere a second read may come of it.
        listening.eventLoop().submit(() -> listening.config().setAutoRead(true)).sync();

        assertThat(accepted.poll(10, TimeUnit.SECONDS)).as("client %d", i).isNotNull();
        listening.eventLoop().submit(() -> {}).sync(); // the turn is over
        assertThat(accepted).as("behind client %d", i).isEmpty();
      }
    } finally {
      for (Socket client : clients) {
        client.close();
      }
      group.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
    }
  }

  /** Nobody is accepted yet. */
  private static Channel listen(
      Transport transport,
      InetAddress address,
      MultiThreadIoEventLoopGroup group,
      OneAtATime acceptor) {
    return new ServerBootstrap()
        .group(group)
        .channelFactory(() -> transport.newServerChannel(address))
        .option(ChannelOption.AUTO_READ, false)
        .handler(acceptor)
        .childHandler(new ChannelInboundHandlerAdapter())
        .bind(address, 0)
        .syncUninterruptibly()
        .channel();
  }

  /** Says after each that there be no more. */
  private static final class OneAtATime extends ChannelInboundHandlerAdapter {

    private final LinkedBlockingQueue<Channel> accepted;

    private OneAtATime(LinkedBlockingQueue<Channel> accepted) {
      this.accepted = accepted;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object socket) {
      ctx.channel().config().setAutoRead(false);
      accepted.add((Channel) socket);
      ctx.fireChannelRead(socket);
    }
  }
}
