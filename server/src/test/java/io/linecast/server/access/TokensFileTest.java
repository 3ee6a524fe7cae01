package io.linecast.server.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokensFileTest {

  private static final String HASH =
      "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
  private static final String OTHER_HASH = HASH.replace('9', '8');
  private static final Set<Right> LISTEN = Set.of(Right.LISTEN);

  @TempDir Path folder;

  private Path path;
  private TokensFile file;

  @BeforeEach
  void nameFile() {
    path = folder.resolve("tokens");
    file = new TokensFile(path);
  }

  private void write(String text) throws IOException {
    Files.writeString(path, text);
  }

  @Test
  void shouldReadTokensCommentsAndEmptyLines() throws IOException {
    write("# who\n\n  ann\t" + HASH + "  listen,publish *\r\nbob " + OTHER_HASH + " admin a,b\n");
    List<Token> tokens = file.read();
    assertThat(tokens).extracting(Token::name).containsExactly("ann", "bob");
    assertThat(tokens.getFirst().rights()).containsExactlyInAnyOrder(Right.LISTEN, Right.PUBLISH);
    assertThat(tokens.getFirst().channels()).isEmpty();
    assertThat(tokens.getLast().channels()).containsExactlyInAnyOrder("a", "b");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ann",
        "ann HASH listen",
        "ann HASH listen * more",
        "ann hunter2-is-my-secret listen *",
        "ann lc_hunter2 listen *",
        "a/n HASH listen *",
        "ann HASH listen,shout *",
        "ann HASH listen, *",
        "ann HASH listen *,ships",
        "ann HASH listen sh/ps",
        "ann HASH listen ,",
      })
  void shouldSayWhichLineIsWrongAndNotWhatItSays(String line) throws IOException {
    write("# one\n" + line.replace("HASH", HASH) + "\n");
    assertThatExceptionOfType(TokensFileException.class)
        .isThrownBy(file::read)
        .withMessageStartingWith("line 2: ")
        .withMessageNotContainingAny(HASH, "hunter2", "shout", "sh/ps", "a/n");
  }

  @Test
  void shouldRefuseTheSameNameOrSecretTwice() throws IOException {
    write("ann " + HASH + " listen *\n\nann " + OTHER_HASH + " listen *\n");
    assertThatExceptionOfType(TokensFileException.class)
        .isThrownBy(file::read)
        .withMessage("line 3: the same name as in line 1");
    write("ann " + HASH + " listen *\nbob " + HASH + " publish *\n");
    assertThatExceptionOfType(TokensFileException.class)
        .isThrownBy(file::read)
        .withMessage("line 2: the same secret as in line 1");
  }

  /** Cut behind any byte, a file must not be read as one that allows something else. */
  @Test
  void shouldRefuseAFileThatWasCutWithinALine() throws IOException {
    String whole = "ann " + HASH + " listen,publish ships,planes\n";
    for (int length = 0; length < whole.length(); length++) {
      write(whole.substring(0, length));
      assertThatExceptionOfType(TokensFileException.class)
          .as("%d bytes", length)
          .isThrownBy(file::read);
    }
  }

  @Test
  void shouldRefuseAFileThatIsTooLarge() throws IOException {
    write("#".repeat(TokensFile.MAX_BYTES) + "\n");
    assertThatExceptionOfType(TokensFileException.class).isThrownBy(file::read);
  }

  @Test
  void shouldAddATokenThatIsFoundByItsSecret() throws IOException {
    String secret = file.add("ann", LISTEN, Set.of("ships")).orElseThrow();
    assertThat(secret).matches("lc_[A-Za-z0-9_-]{43}");
    Token token = file.read().getFirst();
    assertThat(token.hash()).isEqualTo(SecretHash.of(secret));
    assertThat(token.allows().may(Right.LISTEN, "ships")).isTrue();
    assertThat(token.allows().may(Right.LISTEN, "planes")).isFalse();
    assertThat(Files.readString(path)).doesNotContain(secret);
    assertThat(token.toString()).doesNotContain(token.hash().hex());
  }

  @Test
  void shouldMakeAFileThatOnlyItsOwnerReads() throws IOException {
    file.add("ann", LISTEN, Set.of());
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
        .isEqualTo("rw-------");
  }

  /** Another user's server reads it by its group. */
  @Test
  void shouldKeepThePermissionsThatAFileHas() throws IOException {
    file.add("ann", LISTEN, Set.of());
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-r-----"));
    file.add("bob", LISTEN, Set.of());
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
        .isEqualTo("rw-r-----");
  }

  @Test
  void shouldLeaveALinkALink() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("link"), path);
    write("# mine\n");
    new TokensFile(link).add("ann", LISTEN, Set.of());
    assertThat(link).isSymbolicLink();
    assertThat(file.read()).hasSize(1);
  }

  @Test
  void shouldRemoveOneLineAndLeaveAllOthersAsTheyAre() throws IOException {
    byte[] latin = "# caf\u00e9\n".getBytes(StandardCharsets.ISO_8859_1);
    String rest = "ann " + HASH + " listen *\n# before bob\nbob " + OTHER_HASH + " listen *\n";
    Files.write(path, latin);
    Files.writeString(path, rest, StandardOpenOption.APPEND);
    assertThat(file.revoke("ann")).isTrue();
    assertThat(Files.readString(path, StandardCharsets.ISO_8859_1))
        .isEqualTo("# caf\u00e9\n# before bob\nbob " + OTHER_HASH + " listen *\n");
  }

  @Test
  void shouldStayAFileWithoutTokensWhenTheLastIsRemoved() throws IOException {
    write("ann " + HASH + " listen *\n");
    assertThat(file.revoke("ann")).isTrue();
    assertThat(file.read()).isEmpty();
    assertThat(Files.size(path)).isPositive();
  }

  @Test
  void shouldChangeNothingForANameThatIsThereOrIsNot() throws IOException {
    file.add("ann", LISTEN, Set.of());
    String before = Files.readString(path);
    assertThat(file.add("ann", LISTEN, Set.of())).isEmpty();
    assertThat(file.revoke("bob")).isFalse();
    assertThat(Files.readString(path)).isEqualTo(before);
  }

  @Test
  void shouldNotEditWhatItDoesNotUnderstand() throws IOException {
    write("something else altogether\n");
    assertThatExceptionOfType(TokensFileException.class)
        .isThrownBy(() -> file.add("ann", LISTEN, Set.of()));
    assertThat(Files.readString(path)).isEqualTo("something else altogether\n");
  }

  @Test
  void shouldRefuseNamesRightsAndChannelsThatAreNone() {
    assertThatIllegalArgumentException().isThrownBy(() -> file.add("a b", LISTEN, Set.of()));
    assertThatIllegalArgumentException().isThrownBy(() -> file.add("#a", LISTEN, Set.of()));
    assertThatIllegalArgumentException().isThrownBy(() -> file.add("a", Set.of(), Set.of()));
    assertThatIllegalArgumentException().isThrownBy(() -> file.add("a", LISTEN, Set.of("a\nb")));
    assertThat(path).doesNotExist();
  }

  @Test
  void shouldNotMakeAFileToRevokeFrom() {
    assertThatExceptionOfType(NoSuchFileException.class).isThrownBy(() -> file.revoke("ann"));
  }

  @Test
  void shouldLoseNoEditOfManyAtOnce() throws Exception {
    List<Callable<Boolean>> edits = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      String name = "token" + i;
      edits.add(() -> file.add(name, LISTEN, Set.of()).isPresent());
    }
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      for (Future<Boolean> added : threads.invokeAll(edits)) {
        assertThat(added.get()).isTrue();
      }
    }
    assertThat(file.read()).hasSize(20);
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(Path::getFileName).map(Path::toString))
          .containsExactlyInAnyOrder("tokens", "tokens.lock");
    }
  }
}
