package io.linecast.core;

/** A connection that may publish under a name, and notes when another one does. */
final class FakeHolder implements Publisher.Holder {

  private int timesSuperseded;

  @Override
  public void onSuperseded() {
    timesSuperseded++;
  }

  int timesSuperseded() {
    return timesSuperseded;
  }
}
