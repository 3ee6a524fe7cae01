package io.linecast.server.access;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tokens that are valid now. Safe from any thread.
 *
 * <p>A token that is gone from the file, or allows something else there, is first no longer found,
 * then its {@link Identity} is revoked, then listeners are told. So who finds an identity and notes
 * down its connection in one task of a loop, to which the listener gives a task as well, misses
 * nothing: the listener's task comes behind it.
 */
public final class Tokens {

  private static final Logger LOG = LoggerFactory.getLogger(Tokens.class);

  private record Entry(Token token, Identity identity) {}

  private final TokensFile file;
  private final List<Consumer<Set<Identity>>> listeners = new CopyOnWriteArrayList<>();

  /** Volatile: replaced as a whole when the file has changed. */
  private volatile List<Entry> entries;

  private Tokens(TokensFile file, List<Token> tokens) {
    this.file = file;
    this.entries = entries(tokens, List.of());
  }

  /**
   * Reads a file for the first time.
   *
   * @throws IOException if it cannot be read
   * @throws TokensFileException if a line is wrong
   */
  public static Tokens read(TokensFile file) throws IOException {
    return new Tokens(file, file.read());
  }

  /** What has not changed keeps its identity, and so its connections. */
  private static List<Entry> entries(List<Token> tokens, List<Entry> before) {
    Map<Token, Identity> known = new HashMap<>();
    before.forEach(entry -> known.put(entry.token, entry.identity));
    List<Entry> entries = new ArrayList<>();
    for (Token token : tokens) {
      Identity identity = known.get(token);
      entries.add(
          new Entry(
              token, identity == null ? new Identity(token.name(), token.allows()) : identity));
    }
    return List.copyOf(entries);
  }

  /**
   * Who has brought a secret. It is compared with every token, so that how long it takes says
   * nothing of which it was like.
   */
  public Optional<Identity> find(String secret) {
    SecretHash hash = SecretHash.of(secret);
    @Nullable Identity found = null;
    for (Entry entry : entries) {
      found = entry.token.hash().matches(hash) ? entry.identity : found;
    }
    return Optional.ofNullable(found);
  }

  /** How many there are. */
  public int count() {
    return entries.size();
  }

  /** Who is told of identities that are revoked, on the thread that reloads. */
  public void onRevoked(Consumer<Set<Identity>> listener) {
    listeners.add(listener);
  }

  /**
   * Reads the file again. If it cannot be read or understood, that is logged and all stays as it
   * was.
   *
   * @return whether it could
   */
  public synchronized boolean reload() {
    try {
      replace(file.read());
      return true;
    } catch (IOException e) {
      LOG.warn("{} cannot be read, its tokens stay as they were: {}", file.path(), e.toString());
    } catch (TokensFileException e) {
      LOG.warn("{} is wrong, its tokens stay as they were: {}", file.path(), e.getMessage());
    }
    return false;
  }

  private void replace(List<Token> tokens) {
    List<Entry> before = entries;
    List<Entry> after = entries(tokens, before);
    Set<Identity> gone = new HashSet<>();
    before.forEach(entry -> gone.add(entry.identity));
    after.forEach(entry -> gone.remove(entry.identity));
    entries = after;
    gone.forEach(Identity::revoke);
    LOG.info("{}: {} token(s), {} of before gone or changed", file.path(), count(), gone.size());
    if (!gone.isEmpty()) {
      listeners.forEach(listener -> listener.accept(Set.copyOf(gone)));
    }
  }
}
