package io.linecast.sqlite;

import java.sql.Connection;
import java.sql.SQLException;

/** Opens connections to a journal's file. Safe from any thread. */
@FunctionalInterface
interface Database {

  /**
   * A connection that is not in a transaction yet; one that is read only never changes the file.
   */
  Connection connect(Access access) throws SQLException;

  /**
   * Fails if what the connection that writes has opened is not in its place any more, as far as
   * that is watched. The writer's thread only.
   */
  default void requireInPlace() throws SQLException {}

  /** What a connection is for. */
  enum Access {
    /** Reads lines. */
    READ,
    /** Writes, and makes the file if there is none. */
    WRITE
  }
}
