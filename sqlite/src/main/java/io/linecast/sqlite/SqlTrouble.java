package io.linecast.sqlite;

import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** What an error of SQLite's means for a journal, and in words for an operator. */
enum SqlTrouble {
  FULL("the disk is full; it goes on when there is room"),
  BUSY("another program has it locked; it goes on when that one is done"),
  READ_ONLY("it may be read and not written; look at the file's and the folder's permissions"),
  MOVED("its file has been removed or replaced; put it back, or stop the server"),
  NOT_TO_BE_OPENED("it cannot be opened; look at the folder and its permissions"),
  NO_DATABASE("it is no SQLite file"),
  DAMAGED("it is damaged; stop the server, run 'linecast journal check' and see docs/journal.md"),
  INPUT_OUTPUT("the disk does not read or write"),
  OTHER("SQLite reports an error");

  /** More exact codes have theirs in the higher bits. */
  private static final int PRIMARY_CODE = 0xff;

  private final String words;

  SqlTrouble(String words) {
    this.words = words;
  }

  static SqlTrouble of(SQLException failure) {
    if (!(failure instanceof SQLiteException sqlite)) {
      return OTHER;
    }
    int code = sqlite.getResultCode().code;
    if (code == SQLiteErrorCode.SQLITE_READONLY_DBMOVED.code) {
      return MOVED;
    }
    return switch (SQLiteErrorCode.getErrorCode(code & PRIMARY_CODE)) {
      case SQLITE_FULL -> FULL;
      case SQLITE_BUSY, SQLITE_LOCKED -> BUSY;
      case SQLITE_READONLY, SQLITE_PERM, SQLITE_AUTH -> READ_ONLY;
      case SQLITE_CANTOPEN -> NOT_TO_BE_OPENED;
      case SQLITE_NOTADB -> NO_DATABASE;
      case SQLITE_CORRUPT -> DAMAGED;
      case SQLITE_IOERR -> INPUT_OUTPUT;
      default -> OTHER;
    };
  }

  /** What it is, in words. */
  static String wordsFor(SQLException failure) {
    SqlTrouble trouble = of(failure);
    return switch (trouble) {
      case INPUT_OUTPUT, OTHER -> trouble.words + " (" + failure.getMessage() + ")";
      default -> trouble.words;
    };
  }

  /** Whether it says for sure that what was to be committed was not. */
  boolean isCertain() {
    return this == FULL || this == BUSY || this == READ_ONLY || this == MOVED;
  }

  /** Whether the connection is as good as before. */
  boolean leavesConnection() {
    return this == FULL || this == BUSY || this == MOVED;
  }
}
