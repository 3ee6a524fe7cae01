package io.linecast.core;

import java.nio.ByteBuffer;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/**
 * Whoever sees a head sees the bytes below it and the index over them: the line is the first of a
 * new index entry.
 *
 * <p>Publishing before the copy shows on any machine. A head that is not volatile need not show on
 * x86-64, which keeps the order of stores and of loads: there only the compiler could break it, and
 * so it takes a machine with a weaker order (aarch64) to see the hardware do it.
 */
@JCStressTest
@Outcome(id = "0, 0, 0", expect = Expect.ACCEPTABLE, desc = "The head has not been seen yet.")
@Outcome(id = "1, 1, 1", expect = Expect.ACCEPTABLE, desc = "Head, bytes and index.")
@Outcome(expect = Expect.FORBIDDEN, desc = "A head without the bytes or the index below it.")
@State
public class HeadPublicationStress {

  private static final int ENTRY_BYTES = 4096;

  private final Feed feed = new Feed(new HeapMemory(), 16L * 2 * ENTRY_BYTES, ENTRY_BYTES);

  /** Fills what the first index entry is for, so that the next line begins the second. */
  public HeadPublicationStress() {
    byte[] line = new byte[ENTRY_BYTES];
    line[ENTRY_BYTES - 1] = '\n';
    feed.append(ByteBuffer.wrap(line), 1);
    feed.publish();
  }

  /** The append section. */
  @Actor
  public void append() {
    feed.append(ByteBuffer.wrap(new byte[] {'a', '\n'}), 1);
    feed.publish();
  }

  /** A sweep. */
  @Actor
  public void read(III_Result result) {
    if (feed.head().position() > ENTRY_BYTES) {
      Segment segment = feed.retain(ENTRY_BYTES);
      result.r1 = 1;
      if (segment != null) {
        result.r2 = segment.bytes().get(ENTRY_BYTES) == 'a' ? 1 : 0;
        result.r3 = segment.entryAtOrBefore(ENTRY_BYTES);
      }
    }
  }
}
