package io.linecast.cli;

import io.linecast.server.access.Token;
import io.linecast.server.access.TokensFile;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code linecast token list}: who has a token, and what it allows. */
@Command(
    name = "list",
    description = "Lists the tokens: name, rights and channels, a tab between two.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    usageHelpWidth = 100,
    footer = {
      "",
      "Exit codes: 0 listed, 2 wrong options, 6 the file cannot be read or understood.",
      "",
      "Examples:",
      "  linecast token list --tokens tokens",
      "  linecast token list --tokens tokens | grep admin",
    })
final class TokenListCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Mixin private TokenFlags tokens = new TokenFlags();

  @Override
  public Integer call() {
    List<Token> all = tokens.with(TokensFile::read);
    PrintWriter out = spec.commandLine().getOut();
    for (Token token : all) {
      out.println(token.name() + "\t" + token.rightsText() + "\t" + token.channelsText());
    }
    return out.checkError() ? ExitCode.FILE.code() : ExitCode.OK.code();
  }
}
