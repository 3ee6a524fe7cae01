package io.linecast.bench;

import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What the calls of a benchmark come to, so that its figures can be told for each of these. */
@State(Scope.Thread)
@AuxCounters(AuxCounters.Type.OPERATIONS)
public class Tally {

  /** Lines scanned or taken in. */
  public long lines;

  /** Lines times the clients that they were handed to. */
  public long deliveries;
}
