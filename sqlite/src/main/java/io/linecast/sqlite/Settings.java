package io.linecast.sqlite;

/** How SQLite is set, and what decided it: docs/decisions/0018. */
final class Settings {

  /** For a connection that writes: what a commit has said is on the disk. */
  static final String[] WRITER = {
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA wal_autocheckpoint = 1000",
    "PRAGMA journal_size_limit = 67108864",
    "PRAGMA cache_size = -16384",
  };

  /** For a connection that reads. */
  static final String[] READER = {"PRAGMA query_only = 1", "PRAGMA cache_size = -2048"};

  /** A transaction has so many bytes of lines at most, and one batch at least. */
  static final long TRANSACTION_BYTES = 1 << 20;

  /** When so many bytes wait, senders do too. */
  static final long WAITING_BYTES = 8 << 20;

  private Settings() {}
}
