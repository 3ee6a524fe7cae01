package io.linecast.sqlite;

import io.linecast.core.JournalException;
import io.linecast.core.JournalOptions;
import io.linecast.core.JournalProvider;
import io.linecast.core.Journals;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Journals in a file, which is given as {@code sqlite:FILE}. */
public final class SqliteJournalProvider implements JournalProvider {

  /** What it is called. */
  public static final String SCHEME = "sqlite";

  /** As {@link java.util.ServiceLoader} makes it. */
  public SqliteJournalProvider() {}

  @Override
  public String scheme() {
    return SCHEME;
  }

  @Override
  public Journals open(JournalOptions options) {
    return SqliteJournals.open(file(options.where()), Keeping.of(options));
  }

  private static Path file(String where) {
    String name = where.substring(where.indexOf(':') + 1);
    if (name.isEmpty()) {
      throw new JournalException(true, "sqlite: without a file; say it like sqlite:lines.db");
    }
    try {
      return Path.of(name);
    } catch (InvalidPathException e) {
      throw new JournalException(true, "'" + name + "' cannot be a file's name", e);
    }
  }
}
