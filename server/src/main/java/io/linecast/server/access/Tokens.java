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

  /**
   * What is valid at one time.
   *
   * @param hashes the entries', in their order
   */
  private record Valid(List<Entry> entries, SecretHashes hashes) {}

  private final TokensFile file;
  private final WatchedFiles watched;
  private final List<Consumer<Set<Identity>>> listeners = new CopyOnWriteArrayList<>();

  /** Volatile: replaced as a whole when the file has changed. */
  private volatile Valid valid;

  private Tokens(TokensFile file) throws IOException {
    this.file = file;
    this.watched = new WatchedFiles(List.of(file.path()), this::reload); // before it is read
    this.valid = valid(file.read(), List.of());
  }

  /**
   * Reads a file for the first time.
   *
   * @throws IOException if it cannot be read
   * @throws TokensFileException if a line is wrong
   */
  public static Tokens read(TokensFile file) throws IOException {
    return new Tokens(file);
  }

  /** What has not changed keeps its identity, and so its connections. */
  private static Valid valid(List<Token> tokens, List<Entry> before) {
    Map<Token, Identity> known = new HashMap<>();
    before.forEach(entry -> known.put(entry.token, entry.identity));
    List<Entry> entries = new ArrayList<>();
    for (Token token : tokens) {
      Identity identity = known.get(token);
      entries.add(
          new Entry(
              token, identity == null ? new Identity(token.name(), token.allows()) : identity));
    }
    return new Valid(
        List.copyOf(entries), new SecretHashes(tokens.stream().map(Token::hash).toList()));
  }

  /**
   * Who has brought a secret. It is compared with every token, so that how long it takes says
   * nothing of which it was like.
   */
  public Optional<Identity> find(String secret) {
    Valid now = valid;
    int index = now.hashes.indexOf(SecretHash.of(secret));
    return index < 0 ? Optional.empty() : Optional.of(now.entries.get(index).identity);
  }

  /** The file, for whoever has a thread to look at it: when it has changed it is read again. */
  public WatchedFiles file() {
    return watched;
  }

  /** How many there are. */
  public int count() {
    return valid.entries.size();
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
    List<Entry> before = valid.entries;
    Valid after = valid(tokens, before);
    Set<Identity> gone = new HashSet<>();
    before.forEach(entry -> gone.add(entry.identity));
    after.entries.forEach(entry -> gone.remove(entry.identity));
    valid = after;
    gone.forEach(Identity::revoke);
    LOG.info("{}: {} token(s), {} of before gone or changed", file.path(), count(), gone.size());
    if (!gone.isEmpty()) {
      listeners.forEach(listener -> listener.accept(Set.copyOf(gone)));
    }
  }
}
