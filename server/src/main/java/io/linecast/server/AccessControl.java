package io.linecast.server;

import io.linecast.server.access.AccessPolicy;
import io.linecast.server.access.Tickets;
import io.linecast.server.access.Tokens;
import io.linecast.server.access.TokensFile;
import io.linecast.server.access.TokensFileException;
import io.linecast.server.access.WatchedFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * Who may do what at a server, kept up to date with the tokens file. Its thread looks at the file;
 * the policy is for any.
 */
final class AccessControl implements AutoCloseable {

  private final AccessPolicy policy;
  private final Optional<Tokens> tokens;

  /** Null until somebody has to look at a file. */
  private @Nullable ScheduledExecutorService looking;

  /**
   * Reads the tokens, if there are to be any.
   *
   * @param certificates whether clients can show who they are by a certificate
   * @throws StartException if there are none to be had
   */
  AccessControl(AccessOptions options, boolean certificates) {
    this.tokens = options.tokens().map(AccessControl::read);
    this.policy =
        new AccessPolicy(options.allow(), options.others(certificates), tokens, new Tickets());
  }

  private static Tokens read(Path file) {
    try {
      return Tokens.read(new TokensFile(file));
    } catch (IOException e) {
      throw unreadable(file, "cannot be read; linecast token add makes one: " + e.getMessage());
    } catch (TokensFileException e) {
      throw unreadable(file, "is wrong: " + e.getMessage());
    }
  }

  private static StartException unreadable(Path file, String why) {
    return new StartException(
        StartException.Reason.FILE, "the tokens file " + file + " (--tokens) " + why);
  }

  AccessPolicy policy() {
    return policy;
  }

  /**
   * Begins to look at the file, and to end the connections of those whose tokens are gone.
   *
   * @param web null if there is no web port
   */
  void start(Collection<ServerLoop> loops, @Nullable WebPort web) {
    tokens.ifPresent(
        valid -> {
          new Revocations(loops, web).follow(policy);
          looking =
              Executors.newSingleThreadScheduledExecutor(
                  Thread.ofPlatform().name("linecast-tokens").daemon().factory());
          valid.file().lookEach(WatchedFiles.INTERVAL, looking);
        });
  }

  @Override
  public void close() {
    if (looking != null) {
      looking.shutdownNow();
    }
  }
}
