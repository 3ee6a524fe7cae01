package io.linecast.server.web;

import io.netty.buffer.ByteBuf;
import java.util.function.Consumer;

/**
 * Writes to a client that has ended its sending side, where Netty cannot be left to wait for room.
 * Called on the connection's loop.
 */
@FunctionalInterface
public interface LateWriter {

  /**
   * Sends bytes by and by.
   *
   * @param bytes a direct buffer, which is released once they are sent
   * @param onDone told later whether they could be
   */
  void write(ByteBuf bytes, Consumer<Boolean> onDone);
}
