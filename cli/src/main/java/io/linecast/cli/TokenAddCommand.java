package io.linecast.cli;

import io.linecast.server.access.Right;
import io.linecast.server.access.Token;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code linecast token add}: makes a token and says it once. */
@Command(
    name = "add",
    description = "Makes a token. It is printed, once, and kept nowhere; the file has its hash.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    sortOptions = false,
    usageHelpWidth = 100,
    footer = {
      "",
      "Exit codes: 0 added, 2 wrong options, 6 the file cannot be read, understood or written,",
      "17 there is a token of that name.",
      "",
      "Examples:",
      "  linecast token add ann --tokens tokens",
      "  linecast token add buoy-7 --tokens tokens --rights publish --channels weather",
      "  linecast token add prometheus --tokens tokens --rights admin > token.txt",
    })
final class TokenAddCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "NAME",
      description = "Whom it stands for; logs say it. 1 to 64 of A-Z a-z 0-9 _ . -")
  private String name;

  @Mixin private TokenFlags tokens = new TokenFlags();

  @Option(
      names = "--rights",
      paramLabel = "RIGHT,...",
      defaultValue = "listen,publish",
      description = "listen, publish; admin: see the server's status and metrics.")
  private String rights;

  @Option(
      names = "--channels",
      paramLabel = "NAME,...",
      defaultValue = "*",
      description = "Where it may listen and publish; * everywhere. Admin is of the whole server.")
  private String channels;

  @Override
  public Integer call() {
    Optional<String> secret = add();
    PrintWriter err = spec.commandLine().getErr();
    if (secret.isEmpty()) {
      err.println("linecast: there is a token named " + name + "; revoke it, or take another name");
      return ExitCode.TOKEN_NAME.code();
    }
    PrintWriter out = spec.commandLine().getOut();
    out.println(secret.get());
    if (out.checkError()) {
      err.println("linecast: the token could not be printed; revoke " + name + " and add it again");
      return ExitCode.FILE.code();
    }
    err.println("linecast: this is the token of " + name + "; keep it, it is shown only now");
    return ExitCode.OK.code();
  }

  private Optional<String> add() {
    try {
      Set<Right> allowed = Token.rights(rights);
      Set<String> where = Token.channels(channels);
      return tokens.with(file -> file.add(name, allowed, where));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }
}
