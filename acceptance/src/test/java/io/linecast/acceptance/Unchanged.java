package io.linecast.acceptance;

import java.util.concurrent.Callable;
import java.util.function.IntSupplier;

/** Whether a count is what it was when it was last asked for. */
public final class Unchanged implements Callable<Boolean> {
  private final IntSupplier count;
  private int last = -1;

  public Unchanged(IntSupplier count) {
    this.count = count;
  }

  @Override
  public Boolean call() {
    int now = count.getAsInt();
    boolean unchanged = now == last;
    last = now;
    return unchanged;
  }
}
