package io.linecast.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A tokens file, made and edited by the program as a person would. */
public final class TokenStore {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Path file;

  private TokenStore(Path file) {
    this.file = file;
  }

  /** One in a folder of its own, with nobody in it. */
  public static TokenStore empty() {
    try {
      Path file = Files.createTempDirectory("linecast-tokens").resolve("tokens");
      Files.writeString(file, "# nobody yet\n");
      return new TokenStore(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Path file() {
    return file;
  }

  /** Adds somebody; the token. */
  public String add(String name, String... options) {
    return run("add", name, options).strip();
  }

  public void revoke(String name) {
    run("revoke", name);
  }

  public String text() {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes into the file as an editor would that is not careful. */
  public void write(String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String run(String what, String name, String... options) {
    List<String> command =
        new ArrayList<>(List.of(ServerLauncher.launcher().toString(), "token", what, name));
    command.addAll(List.of("--tokens", file.toString()));
    command.addAll(List.of(options));
    try (Program program = Program.start(command, Map.of())) {
      assertThat(program.exitCode(PATIENCE)).as(program.report()).isZero();
      return program.stdoutText();
    }
  }
}
