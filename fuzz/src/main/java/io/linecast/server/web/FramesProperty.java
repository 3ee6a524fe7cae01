package io.linecast.server.web;

import io.linecast.fuzz.Cuts;
import io.linecast.fuzz.Property;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A {@link WebSocketInput} finds the lines in a client's frames that a simple reading of all of
 * them finds, and what is wrong with them, however they are cut.
 */
public final class FramesProperty implements Property {

  @Override
  public void check(byte[] input) {
    FrameReading expected = FrameReading.of(input, true);
    StringBuilder lines = new StringBuilder();
    for (FrameReading.Message message : expected.messages()) {
      if (!message.isControl()) {
        lines.append(message.payload()).append(message.payload().endsWith("\n") ? "" : "\n");
      }
    }
    String least = lines.toString();
    String most = least + expected.unfinished();
    for (Cuts cuts : Cuts.values()) {
      Found found = new Found();
      found.read(cuts.of(input));
      String text = found.lines.toString();
      Property.require(
          expected.isNotText() // as much of it as had come when that was seen
              ? text.startsWith(least) && most.startsWith(text)
              : text.equals(most),
          () -> "cuts " + cuts + ": " + text + ", not " + most);
      Property.require(
          found.violated == (expected.isWrong() || expected.isNotText()),
          () -> "cuts " + cuts + ": wrong is " + found.violated);
      Property.require(
          found.closed == expected.isClosed(), () -> "cuts " + cuts + ": closed " + found.closed);
    }
  }

  /** What a {@link WebSocketInput} finds. */
  private static final class Found implements WebSocketInput.Listener {

    private final StringBuilder lines = new StringBuilder();
    private boolean violated;
    private boolean closed;

    void read(List<byte[]> reads) {
      UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(true, true);
      EmbeddedChannel channel = new EmbeddedChannel(new WebSocketInput(this));
      channel.config().setAllocator(allocator);
      for (byte[] read : reads) {
        boolean before = violated || closed;
        channel.writeInbound(allocator.directBuffer(read.length).writeBytes(read));
        for (ByteBuf part = channel.readInbound(); part != null; part = channel.readInbound()) {
          lines.append(part.toString(StandardCharsets.ISO_8859_1));
          part.release();
          Property.require(!before, () -> "something is read behind the end");
        }
      }
      channel.finishAndReleaseAll();
      long held = allocator.metric().usedDirectMemory();
      Property.require(held == 0, () -> held + " bytes are held");
    }

    @Override
    public void onHeard() {}

    @Override
    public void onPing(byte[] payload) {}

    @Override
    public void onClose() {
      closed = true;
    }

    @Override
    public void onViolation(CloseCode code, String what) {
      Property.require(!violated && !closed, () -> code + " behind the end: " + what);
      violated = true;
    }
  }
}
