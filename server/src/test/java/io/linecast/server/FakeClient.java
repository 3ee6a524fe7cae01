package io.linecast.server;

import io.linecast.core.CloseReason;
import io.linecast.core.Segment;
import io.linecast.core.Sink;
import io.linecast.protocol.GapReason;
import java.util.ArrayList;
import java.util.List;

/** A connection that is closed and nothing else; it may fail even at that. */
final class FakeClient implements Sink {

  private final List<CloseReason> closed = new ArrayList<>();
  private final Runnable onClose;

  FakeClient() {
    this(() -> {});
  }

  FakeClient(Runnable onClose) {
    this.onClose = onClose;
  }

  /** Why it was closed, each time. */
  List<CloseReason> closed() {
    return closed;
  }

  @Override
  public void close(CloseReason reason) {
    closed.add(reason);
    onClose.run();
  }

  @Override
  public int take(Segment segment, int offset, int length) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void owe(Segment segment, int offset, int length) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void onGap(long first, long last, GapReason reason) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void finish(CloseReason reason) {
    throw new UnsupportedOperationException();
  }
}
