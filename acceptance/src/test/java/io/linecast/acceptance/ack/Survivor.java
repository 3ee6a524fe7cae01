package io.linecast.acceptance.ack;

import io.linecast.acceptance.ack.Event.Line;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A client under test: one that is to lose nothing and double nothing, whatever happens to it. */
interface Survivor extends AutoCloseable {

  /** Publishes a text, or fails with what it was told; gives the number of its line. */
  CompletableFuture<Long> send(String text);

  /** The lines that it has heard so far. */
  List<Line> heard();

  /** The number of the last line that it has heard; 0 if there is none. */
  long lastHeard();

  /** What it was told that it will not hear, and other things that should not happen here. */
  List<String> troubles();

  @Override
  void close();
}
