package io.linecast.core;

/** A journal in memory, for tests that look on, or step in, where lines get their numbers. */
public abstract class ForwardingJournal implements Journal {

  private final MemoryJournal numbers = new MemoryJournal();

  @Override
  public String kind() {
    return numbers.kind();
  }

  @Override
  public String epoch() {
    return numbers.epoch();
  }

  @Override
  public void open(Kept kept) {
    numbers.open(kept);
  }

  @Override
  public void keep(Batch batch) {
    numbers.keep(batch);
  }
}
