package io.linecast.acceptance;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;

/** One of a crowd; the crowd's thread reads and writes for it. */
final class CrowdMember implements Attendee {
  private final int index;
  private final SocketChannel channel;
  private final SelectionKey key;
  private final Transcript transcript = new Transcript();
  private final Queue<ByteBuffer> outgoing = new ConcurrentLinkedQueue<>();
  private final ByteArrayOutputStream unfinished = new ByteArrayOutputStream();
  private volatile boolean gone;

  CrowdMember(int index, SocketChannel channel, SelectionKey key) {
    this.index = index;
    this.channel = channel;
    this.key = key;
  }

  /** Its place in the crowd, and its number as a sender. */
  int index() {
    return index;
  }

  Transcript transcript() {
    return transcript;
  }

  /** Whether its connection has ended. */
  boolean isGone() {
    return gone;
  }

  /** Sends bytes as soon as its socket takes them. */
  void send(byte[] bytes) {
    outgoing.add(ByteBuffer.wrap(bytes));
    key.interestOpsOr(SelectionKey.OP_WRITE);
    key.selector().wakeup();
  }

  /** What it says once it is connected. */
  void comeWith(byte[] hello) {
    outgoing.add(ByteBuffer.wrap(hello));
  }

  /** It is connected, or it is not let in. */
  void come() {
    try {
      channel.finishConnect();
      key.interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
    } catch (IOException e) {
      transcript.findFault("not connected: " + e.getMessage());
      end();
    }
  }

  /** Whether its socket has taken everything. */
  boolean hasSentAll() {
    return outgoing.isEmpty();
  }

  @Override
  public boolean hearsFence(int number, Duration atMost) {
    long deadline = System.nanoTime() + atMost.toNanos();
    while (transcript.lastFence() < number && System.nanoTime() < deadline) {
      LockSupport.parkNanos(100_000);
    }
    return transcript.lastFence() >= number;
  }

  /** Reads what is there, and cuts it into lines. */
  void read(byte[] buffer) {
    try {
      int read = channel.read(ByteBuffer.wrap(buffer));
      if (read < 0) {
        end();
      } else {
        cut(buffer, read);
      }
    } catch (IOException e) {
      end();
    }
  }

  /** Writes what the socket takes. */
  void write() {
    try {
      for (ByteBuffer head = outgoing.peek(); head != null; head = outgoing.peek()) {
        channel.write(head);
        if (head.hasRemaining()) {
          return;
        }
        outgoing.remove();
      }
      key.interestOpsAnd(~SelectionKey.OP_WRITE);
      if (!outgoing.isEmpty()) {
        key.interestOpsOr(SelectionKey.OP_WRITE);
      }
    } catch (IOException e) {
      end();
    }
  }

  @Override
  public String toString() {
    String state = gone ? "gone" : "connected";
    return "member %d (%s, %d lines heard)".formatted(index, state, transcript.count());
  }

  private void end() {
    key.cancel();
    if (unfinished.size() > 0) {
      transcript.findFault("cut off in the middle of a line");
    }
    gone = true;
  }

  private void cut(byte[] bytes, int length) {
    int start = 0;
    for (int i = 0; i < length; i++) {
      if (bytes[i] == '\n') {
        hear(bytes, start, i);
        start = i + 1;
      }
    }
    unfinished.write(bytes, start, length - start);
  }

  private void hear(byte[] bytes, int from, int to) {
    if (unfinished.size() == 0) {
      transcript.hear(bytes, from, to);
    } else {
      unfinished.write(bytes, from, to - from);
      transcript.hear(unfinished.toByteArray(), 0, unfinished.size());
      unfinished.reset();
    }
  }
}
