package io.linecast.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code linecast token revoke}: a token is worth nothing any more. */
@Command(
    name = "revoke",
    description = "Removes a token. A server ends its connections within about two seconds.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    usageHelpWidth = 100,
    footer = {
      "",
      "Exit codes: 0 revoked, 2 wrong options, 6 the file cannot be read, understood or written,",
      "17 there is no token of that name.",
      "",
      "Examples:",
      "  linecast token revoke ann --tokens tokens",
    })
final class TokenRevokeCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "NAME", description = "Whose token it is.")
  private String name;

  @Mixin private TokenFlags tokens = new TokenFlags();

  @Override
  public Integer call() {
    if (tokens.with(file -> file.revoke(name))) {
      spec.commandLine().getErr().println("linecast: the token of " + name + " is revoked");
      return ExitCode.OK.code();
    }
    String shown = SafeText.of(name);
    spec.commandLine().getErr().println("linecast: there is no token named '" + shown + "'");
    return ExitCode.TOKEN_NAME.code();
  }
}
