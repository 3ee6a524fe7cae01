package io.linecast.kafka;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.PushbackInputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.common.errors.NotEnoughReplicasException;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.ByteBufferAccessor;
import org.apache.kafka.common.protocol.MessageUtil;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.requests.ProduceRequest;
import org.apache.kafka.common.requests.RequestHeader;

/**
 * Stands before a broker and refuses the first request that brings lines, as a broker does while
 * too few replicas are in sync; all others it passes on, one after the other, as a broker serves
 * them. What a producer sends behind that first one without waiting is there before it is told.
 */
final class Refusal implements AutoCloseable {

  /** So long the second request is waited for; if there is one, it has been sent by then. */
  private static final int SECOND_MILLIS = 500;

  private final int port;
  private final ServerSocket listener;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean refused = new AtomicBoolean();

  /** Listens where a broker says that its door is. */
  Refusal(String door) {
    port = Integer.parseInt(door.substring(door.indexOf(':') + 1));
    try {
      byte[] local = {127, 0, 0, 1};
      listener = new ServerSocket(port, 50, InetAddress.getByAddress(local));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::accept);
  }

  /** Whether there was a request to refuse. */
  boolean hasBeen() {
    return refused.get();
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listener.accept();
        open.add(client);
        Thread.ofVirtual().start(() -> serve(client));
      }
    } catch (IOException e) {
      // it is closed
    }
  }

  private void serve(Socket client) {
    try (client;
        Socket broker = new Socket("127.0.0.2", port)) {
      open.add(broker);
      client.setTcpNoDelay(true);
      broker.setTcpNoDelay(true);
      PushbackInputStream asked = new PushbackInputStream(client.getInputStream());
      DataInputStream requests = new DataInputStream(asked);
      DataOutputStream answers = new DataOutputStream(client.getOutputStream());
      DataInputStream fromBroker = new DataInputStream(broker.getInputStream());
      DataOutputStream toBroker = new DataOutputStream(broker.getOutputStream());
      while (true) {
        byte[] request = readFrame(requests);
        if (isProduce(request) && refused.compareAndSet(false, true)) {
          awaitNext(client, asked);
          writeFrame(answers, refusal(request));
        } else {
          writeFrame(toBroker, request);
          writeFrame(answers, readFrame(fromBroker));
        }
      }
    } catch (IOException e) {
      // one of them has gone
    }
  }

  private static boolean isProduce(byte[] request) {
    return ByteBuffer.wrap(request).getShort() == ApiKeys.PRODUCE.id;
  }

  private static void awaitNext(Socket client, PushbackInputStream asked) throws IOException {
    client.setSoTimeout(SECOND_MILLIS);
    try {
      int first = asked.read();
      if (first >= 0) {
        asked.unread(first);
      }
    } catch (SocketTimeoutException e) {
      // it waits for its answer
    }
    client.setSoTimeout(0);
  }

  private static byte[] refusal(byte[] request) {
    ByteBuffer bytes = ByteBuffer.wrap(request);
    RequestHeader header = RequestHeader.parse(bytes);
    AbstractResponse answer =
        ProduceRequest.parse(new ByteBufferAccessor(bytes), header.apiVersion())
            .getErrorResponse(0, new NotEnoughReplicasException("as asked for"));
    var answerHeader = header.toResponseHeader();
    ByteBuffer head =
        MessageUtil.toByteBufferAccessor(answerHeader.data(), answerHeader.headerVersion())
            .buffer();
    ByteBuffer body = MessageUtil.toByteBufferAccessor(answer.data(), header.apiVersion()).buffer();
    return ByteBuffer.allocate(head.remaining() + body.remaining()).put(head).put(body).array();
  }

  private static byte[] readFrame(DataInputStream from) throws IOException {
    byte[] frame = new byte[from.readInt()];
    from.readFully(frame);
    return frame;
  }

  private static void writeFrame(DataOutputStream to, byte[] frame) throws IOException {
    ByteBuffer all = ByteBuffer.allocate(Integer.BYTES + frame.length);
    to.write(all.putInt(frame.length).put(frame).array());
  }

  @Override
  public void close() {
    try {
      listener.close();
      for (Socket each : open) {
        each.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
