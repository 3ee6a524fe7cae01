package io.linecast.cli;

import picocli.CommandLine.Command;

/** {@code linecast token}: who may do what at a server that asks for tokens. */
@Command(
    name = "token",
    description = "Adds, lists and revokes the tokens that a server asks for (serve --tokens).",
    mixinStandardHelpOptions = true,
    versionProvider = Linecast.Version.class,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {TokenAddCommand.class, TokenListCommand.class, TokenRevokeCommand.class},
    footer = {
      "",
      "A server sees a change of its file within about a second; connections of a token that is",
      "revoked end.",
      "",
      "Examples:",
      "  linecast token add ann --tokens tokens           may listen and publish everywhere",
      "  linecast token list --tokens tokens",
      "  linecast token revoke ann --tokens tokens",
    })
final class TokenCommand {}
