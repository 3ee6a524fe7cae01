package io.linecast.core;

import java.nio.ByteBuffer;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/**
 * Whoever sees a head in a new segment finds that segment, its bytes, and where the one before
 * ended. What holds for x86-64 in {@link HeadPublicationStress} holds here.
 */
@JCStressTest
@Outcome(id = "0, 0, 0", expect = Expect.ACCEPTABLE, desc = "The head has not been seen yet.")
@Outcome(id = "1, 1, 1", expect = Expect.ACCEPTABLE, desc = "Head, new segment, end of the old.")
@Outcome(expect = Expect.FORBIDDEN, desc = "A head whose segment is not there or not as it was.")
@State
public class SegmentPublicationStress {

  private static final int SEGMENT_BYTES = 512;
  private static final int USED_BYTES = SEGMENT_BYTES - 1;

  private final Feed feed = new Feed(new HeapMemory(), 16L * SEGMENT_BYTES, SEGMENT_BYTES);

  /** Leaves room for less than a line in the first segment. */
  public SegmentPublicationStress() {
    byte[] line = new byte[USED_BYTES];
    line[USED_BYTES - 1] = '\n';
    feed.append(ByteBuffer.wrap(line), 1);
    feed.publish();
  }

  /** The append section. */
  @Actor
  public void append() {
    feed.append(ByteBuffer.wrap(new byte[] {'a', '\n'}), 1);
    feed.publish();
  }

  /** A sweep, which crosses from one segment to the next. */
  @Actor
  public void read(III_Result result) {
    Head head = feed.head();
    if (head.position() > SEGMENT_BYTES) {
      result.r1 = 1;
      Segment before = feed.retain(0);
      Segment segment = feed.retain(SEGMENT_BYTES);
      if (before != null && segment != null) {
        result.r2 = segment.bytes().get(0) == 'a' ? 1 : 0;
        result.r3 = feed.endOf(before, head) == USED_BYTES && before.lineBehind() == 1 ? 1 : 0;
      }
    }
  }
}
