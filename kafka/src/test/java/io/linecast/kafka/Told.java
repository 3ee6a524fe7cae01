package io.linecast.kafka;

import io.linecast.core.Batch;
import io.linecast.core.Journal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Writes down what a journal tells. */
final class Told implements Journal.Kept {

  /** As {@code "1 line"} for each, or {@code "1-2 void"}. */
  final List<String> kept = new CopyOnWriteArrayList<>();

  /** Which of them were published here. */
  final List<String> ours = new CopyOnWriteArrayList<>();

  /** Where each came from. */
  final List<String> sources = new CopyOnWriteArrayList<>();

  /** The batches, or parts of some, that will not be kept. */
  final List<String> failed = new CopyOnWriteArrayList<>();

  /** The batches, or parts of some, that repeat what had been published before. */
  final List<String> repeated = new CopyOnWriteArrayList<>();

  volatile long lastLine;

  @Override
  public void onKept(Batch lines, long firstLine) {
    String[] texts = text(lines).split("\n", -1);
    for (int i = 0; i < lines.lineCount(); i++) {
      kept.add(firstLine + i + " " + texts[i]);
      sources.add(lines.source());
      if (lines.isOurs()) {
        ours.add(texts[i]);
      }
    }
    lastLine = firstLine + lines.lineCount() - 1;
  }

  @Override
  public void onVoid(long firstLine, long lastVoid) {
    kept.add(firstLine + "-" + lastVoid + " void");
    lastLine = lastVoid;
  }

  @Override
  public void onRepeated(Batch lines, long firstLine) {
    onVoid(firstLine, firstLine + lines.lineCount() - 1);
    repeated.add(text(lines));
  }

  @Override
  public void onFailed(Batch lines) {
    failed.add(text(lines));
  }

  private static String text(Batch lines) {
    byte[] bytes = new byte[lines.run().remaining()];
    lines.run().get(lines.run().position(), bytes);
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  @Override
  public void onStateChanged() {}
}
