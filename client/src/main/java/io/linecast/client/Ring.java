package io.linecast.client;

import java.util.Arrays;

/**
 * Lines by their numbers, a bounded number of them, each in the slot its number has. What may be
 * done with which slot by which thread is the {@link Outbox}'s concern.
 */
final class Ring {

  private static final byte[] NO_TEXT = {};

  private final byte[][] texts;
  private final SendHandler[] handlers;
  private final SendHandler nobody = new Nobody();

  /** One for at least so many lines. */
  Ring(int lines) {
    int size = Integer.highestOneBit(Math.max(1, lines - 1)) << 1;
    texts = new byte[size][];
    handlers = new SendHandler[size];
    Arrays.fill(texts, NO_TEXT);
    Arrays.fill(handlers, nobody);
  }

  /** The handler of an empty slot. */
  private static final class Nobody implements SendHandler {
    @Override
    public void onSent(long number, long seq, long clients) {
      throw new IllegalStateException("an empty slot was answered");
    }

    @Override
    public void onFailed(SendException failure) {
      throw new IllegalStateException("an empty slot was answered", failure);
    }
  }

  int size() {
    return texts.length;
  }

  private int slot(long number) {
    return (int) number & (texts.length - 1);
  }

  void put(long number, byte[] text, SendHandler handler) {
    texts[slot(number)] = text;
    handlers[slot(number)] = handler;
  }

  byte[] text(long number) {
    return texts[slot(number)];
  }

  /** Empties a slot. */
  SendHandler remove(long number) {
    int slot = slot(number);
    SendHandler handler = handlers[slot];
    texts[slot] = NO_TEXT;
    handlers[slot] = nobody;
    return handler;
  }
}
