package io.linecast.protocol;

import io.linecast.bench.SampleLines;
import io.linecast.bench.Tally;
import java.nio.ByteBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * Finding the lines in what one client sends, read 64 KiB at a time: reads end in mid-line, and
 * such a line is put together in an array of its own.
 */
@State(Scope.Thread)
public class LineScanBenchmark {

  private static final int READ_BYTES = 64 * 1024;
  private static final int READS = 16;

  /** Length of a line in bytes, line feed included. */
  @Param({"20", "80", "2000"})
  public int lineBytes;

  private final ByteBuffer[] reads = new ByteBuffer[READS];
  private final Counting counting = new Counting();
  private final LineScanner scanner = new LineScanner(LineScanner.DEFAULT_MAX_LINE_BYTES);
  private int next;

  /** Cuts a stream into reads; the last one ends with a line feed, so that the first may follow. */
  @Setup
  public void cutStream() {
    int lines = READS * READ_BYTES / lineBytes;
    ByteBuffer stream = SampleLines.direct(lines, lineBytes);
    for (int i = 0; i < READS; i++) {
      int start = i * READ_BYTES;
      reads[i] = stream.slice(start, Math.min(READ_BYTES, stream.limit() - start));
    }
  }

  /** One read. */
  @Benchmark
  public long scan(Tally tally) {
    ByteBuffer read = reads[next];
    next = (next + 1) % READS;
    counting.lines = 0;
    scanner.scan(read.clear(), counting);
    tally.lines += counting.lines;
    return counting.bytes;
  }

  private static final class Counting implements LineScanner.Receiver {

    private long lines;
    private long bytes;

    @Override
    public void onLines(ByteBuffer run, int lineCount) {
      lines += lineCount;
      bytes += run.remaining();
    }

    @Override
    public void onTooLong(ByteBuffer beginning) {
      throw new IllegalStateException("no line is too long here");
    }
  }
}
