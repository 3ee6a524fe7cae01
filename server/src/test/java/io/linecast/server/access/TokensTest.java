package io.linecast.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokensTest {

  private static final Set<Right> LISTEN = Set.of(Right.LISTEN);

  @TempDir Path folder;

  private final List<Set<Identity>> told = new ArrayList<>();
  private TokensFile file;
  private String ann;
  private String bob;
  private Tokens tokens;

  @BeforeEach
  void addTwo() throws IOException {
    file = new TokensFile(folder.resolve("tokens"));
    ann = file.add("ann", LISTEN, Set.of()).orElseThrow();
    bob = file.add("bob", LISTEN, Set.of()).orElseThrow();
    tokens = Tokens.read(file);
    tokens.onRevoked(told::add);
  }

  @Test
  void shouldFindWhoBringsASecret() {
    assertThat(tokens.find(ann).orElseThrow().name()).isEqualTo("ann");
    assertThat(tokens.find(bob).orElseThrow().name()).isEqualTo("bob");
    assertThat(tokens.find(ann)).as("one identity a token").isEqualTo(tokens.find(ann));
  }

  @Test
  void shouldFindNobodyForWhatIsNoSecret() throws IOException {
    String hash = file.read().getFirst().hash().hex();
    for (String wrong : List.of("", "lc_", ann + "x", ann.substring(1), hash, "ann", " " + ann)) {
      assertThat(tokens.find(wrong)).isEmpty();
    }
  }

  @Test
  void shouldFindANewOneOnceReloaded() throws IOException {
    String eve = file.add("eve", LISTEN, Set.of()).orElseThrow();
    assertThat(tokens.find(eve)).isEmpty();
    assertThat(tokens.reload()).isTrue();
    assertThat(tokens.find(eve)).isPresent();
    assertThat(told).as("nobody was revoked").isEmpty();
  }

  @Test
  void shouldRevokeWhoIsGoneAndNobodyElse() throws IOException {
    Identity gone = tokens.find(ann).orElseThrow();
    Identity stays = tokens.find(bob).orElseThrow();
    file.revoke("ann");
    tokens.reload();
    assertThat(told).containsExactly(Set.of(gone));
    assertThat(gone.isRevoked()).isTrue();
    assertThat(stays.isRevoked()).isFalse();
    assertThat(tokens.find(ann)).isEmpty();
    assertThat(tokens.find(bob)).containsSame(stays);
  }

  @Test
  void shouldRevokeWhoseRightsChange() throws IOException {
    Identity before = tokens.find(ann).orElseThrow();
    Path path = file.path();
    Files.writeString(path, Files.readString(path).replaceFirst("listen", "publish"));
    tokens.reload();
    assertThat(told).containsExactly(Set.of(before));
    Identity after = tokens.find(ann).orElseThrow();
    assertThat(after.isRevoked()).isFalse();
    assertThat(after.rights().may(Right.PUBLISH, "main")).isTrue();
  }

  @Test
  void shouldKeepWhatItHasWhileTheFileIsBrokenHalfWrittenOrGone() throws IOException {
    String whole = Files.readString(file.path());
    for (String broken : List.of("", "nonsense\n", whole.substring(0, whole.length() - 3))) {
      Files.writeString(file.path(), broken);
      assertThat(tokens.reload()).isFalse();
    }
    Files.delete(file.path());
    assertThat(tokens.reload()).isFalse();
    assertThat(tokens.find(ann)).isPresent();
    assertThat(tokens.find(bob)).isPresent();
    assertThat(told).isEmpty();
  }
}
