package io.linecast.server;

import io.linecast.core.CloseReason;
import io.linecast.core.LineChannel;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Sees to it that no more is held for clients than may be: above that, whoever holds the most is
 * closed first. Each loop looks at its own clients, once a second if anything has come to be held,
 * and at once when much has. Safe from any thread.
 */
final class MemoryWatch {

  /** How much may come to be held, as a part of what may be, before it is looked at. */
  private static final int STEPS = 16;

  private final Collection<LineChannel> channels;
  private final List<ServerLoop> loops;
  private final MemoryLevel level;
  private final Limited limited;

  /** None before there is a web port. Volatile: set while loops look. */
  private volatile @Nullable WebPort web;

  /** One look at a time. */
  private final AtomicBoolean looking = new AtomicBoolean();

  MemoryWatch(Collection<LineChannel> channels, List<ServerLoop> loops, Connections connections) {
    this.channels = channels;
    this.loops = loops;
    this.level = connections.memory();
    this.limited = connections.limited();
  }

  /** Looks at these as well. */
  void add(WebPort port) {
    web = port;
  }

  /** Begins to look. Before there are clients. */
  void start() {
    long step = Math.max(1, level.mostBytes() / STEPS / loops.size());
    loops.forEach(loop -> loop.growth().watch(step, this::look));
    loops.getFirst().eventLoop().scheduleWithFixedDelay(this::look, 1, 1, TimeUnit.SECONDS);
  }

  private void look() {
    if (!looking.compareAndSet(false, true)) {
      return;
    }
    MemoryHolders found = new MemoryHolders();
    AtomicInteger left = new AtomicInteger(loops.size());
    for (ServerLoop loop : loops) {
      loop.execute(
          () -> {
            try {
              MemoryHolders here = lookAt(loop);
              synchronized (found) {
                found.addAll(here);
              }
            } finally { // a fault must not be the last look
              if (left.decrementAndGet() == 0) {
                onLooked(found);
              }
            }
          });
    }
  }

  /** Where nothing was held on the line ports, and nothing has come, nobody there is looked at. */
  private MemoryHolders lookAt(ServerLoop loop) {
    MemoryHolders here = new MemoryHolders();
    if (loop.growth().takeAny() || loop.growth().wasHeld()) {
      lookAtLines(loop, here);
      loop.growth().setHeld(here.bytes() > 0);
    }
    WebPort port = web;
    if (port != null) {
      port.guests(loop).forEach(guest -> here.add(guest.heldBytes(), guest, loop, guest::close));
    }
    return here;
  }

  private void lookAtLines(ServerLoop loop, MemoryHolders here) {
    for (LineChannel channel : channels) {
      channel
          .sweeps()
          .get(loop.index())
          .forEach(
              client -> {
                if (client.sink() instanceof PlainConnection plain) {
                  here.add(plain.heldBytes(), plain, loop, plain::close);
                }
              });
    }
    for (AckConnection client : loop.acknowledged().all()) {
      here.add(client.heldBytes(), client, loop, client::close);
    }
  }

  private void onLooked(MemoryHolders found) {
    level.set(found.bytes());
    List<MemoryHolders.Holder> over = found.over(level.mostBytes());
    AtomicInteger left = new AtomicInteger(over.size());
    for (MemoryHolders.Holder holder : over) {
      limited.reached(
          Limit.MAX_MEMORY,
          "%s (%d of %d bytes)".formatted(holder.client(), holder.bytes(), found.bytes()));
      holder
          .loop()
          .execute(
              () -> {
                try {
                  holder.closing().accept(CloseReason.MEMORY);
                } finally {
                  if (left.decrementAndGet() == 0) {
                    lookAgain(); // whether that was enough; they have left by then
                  }
                }
              });
    }
    if (over.isEmpty()) {
      looking.set(false);
    }
  }

  private void lookAgain() {
    looking.set(false);
    look();
  }
}
