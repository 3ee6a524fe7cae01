package io.linecast.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Tries every input of the corpus again: what was found once must not come back. */
class CorpusTest {

  private static final Path CORPUS =
      Path.of(System.getProperty("linecast.root", "..")).resolve("fuzz/corpus");

  @TestFactory
  Stream<DynamicNode> shouldHoldForEveryInputOfTheCorpus() {
    return Arrays.stream(Target.values())
        .flatMap(target -> inputs(target).stream().map(input -> replay(target, input)));
  }

  private static DynamicTest replay(Target target, Path input) {
    String name = target.word() + "/" + input.getFileName();
    return DynamicTest.dynamicTest(
        name,
        input.toUri(),
        () ->
            assertThatCode(() -> target.newProperty().check(Files.readAllBytes(input)))
                .as("fuzz/corpus/" + name)
                .doesNotThrowAnyException());
  }

  @Test
  void shouldHaveACorpusOfEveryTargetAndNoOther() throws IOException {
    try (Stream<Path> folders = Files.list(CORPUS)) {
      assertThat(folders.map(folder -> folder.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(
              Arrays.stream(Target.values()).map(Target::word).toList());
    }
    assertThat(Target.values()).allSatisfy(target -> assertThat(inputs(target)).isNotEmpty());
  }

  private static List<Path> inputs(Target target) {
    try (Stream<Path> files = Files.list(CORPUS.resolve(target.word()))) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
