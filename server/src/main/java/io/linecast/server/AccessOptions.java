package io.linecast.server;

import io.linecast.server.access.Allowance;
import io.linecast.server.access.PlainRights;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Who may do what. Immutable.
 *
 * @param tokens the file of those who bring a token; empty: nobody is asked for one
 * @param allow what clients of some networks may do without one
 * @param plain what every other client may do without one; empty: both where nothing else says who
 *     may, else nothing
 */
public record AccessOptions(
    Optional<Path> tokens, List<Allowance> allow, Optional<PlainRights> plain) {

  /** Takes what there is. */
  public AccessOptions {
    allow = List.copyOf(allow);
  }

  /** What is right for most: everybody who can reach the server may listen and publish. */
  public static AccessOptions defaults() {
    return new AccessOptions(Optional.empty(), List.of(), Optional.empty());
  }

  /** With a tokens file. */
  public AccessOptions withTokens(Path file) {
    return new AccessOptions(Optional.of(file), allow, plain);
  }

  /** With networks that may do something without a token. */
  public AccessOptions withAllow(List<Allowance> networks) {
    return new AccessOptions(tokens, networks, plain);
  }

  /** With what everybody may do without a token. */
  public AccessOptions withPlain(PlainRights rights) {
    return new AccessOptions(tokens, allow, Optional.of(rights));
  }

  /**
   * What every client may do that nothing else is said of.
   *
   * @param certificates whether clients can show who they are by a certificate
   */
  PlainRights others(boolean certificates) {
    boolean open = tokens.isEmpty() && allow.isEmpty() && !certificates;
    return plain.orElse(open ? PlainRights.BOTH : PlainRights.NONE);
  }
}
