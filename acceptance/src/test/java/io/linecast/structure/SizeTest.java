package io.linecast.structure;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LineMap;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A ratchet on size: no file over 300 lines, no method over 40, but for those named here with the
 * size they have. A named one may shrink and not grow; when it fits, its name has to go.
 */
class SizeTest {

  private static final int FILE_LINES = 300;
  private static final int METHOD_LINES = 40;

  /** File name to the lines it has. Each needs a reason. */
  private static final Map<String, Integer> LARGE_FILES = Map.of();

  /** {@code File.method} to the lines it has. Each needs a reason. */
  private static final Map<String, Integer> LARGE_METHODS = Map.of();

  private static List<Path> sources;

  @BeforeAll
  static void findSources() throws IOException {
    Path root = Path.of("..").toRealPath();
    try (Stream<Path> files = Files.walk(root)) {
      sources =
          files
              .filter(file -> file.toString().endsWith(".java"))
              .filter(file -> !file.toString().contains("/target/"))
              .toList();
    }
    assertThat(sources).as("the sources below " + root).hasSizeGreaterThan(20);
  }

  @Test
  void shouldHaveNoFileTooLong() throws IOException {
    Map<String, Integer> tooLong = new TreeMap<>();
    for (Path source : sources) {
      int lines = Files.readAllLines(source).size();
      if (lines > FILE_LINES) {
        tooLong.put(source.getFileName().toString(), lines);
      }
    }
    assertThat(tooLong).as("files over %d lines", FILE_LINES).isEqualTo(LARGE_FILES);
  }

  @Test
  void shouldHaveNoMethodTooLong() throws IOException {
    Map<String, Integer> tooLong = new TreeMap<>();
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null, files, null, null, null, files.getJavaFileObjectsFromPaths(sources));
      SourcePositions positions = Trees.instance(task).getSourcePositions();
      for (CompilationUnitTree unit : task.parse()) {
        String file = Path.of(unit.getSourceFile().toUri()).getFileName().toString();
        new MethodLengths(unit, positions, tooLong).scan(unit, file);
      }
    }
    assertThat(tooLong).as("methods over %d lines", METHOD_LINES).isEqualTo(LARGE_METHODS);
  }

  /** Collects the methods of a file that are too long. */
  private static final class MethodLengths extends TreeScanner<String, String> {

    private final CompilationUnitTree unit;
    private final SourcePositions positions;
    private final Map<String, Integer> tooLong;

    MethodLengths(
        CompilationUnitTree unit, SourcePositions positions, Map<String, Integer> tooLong) {
      this.unit = unit;
      this.positions = positions;
      this.tooLong = tooLong;
    }

    @Override
    public String visitMethod(MethodTree method, String file) {
      LineMap lines = unit.getLineMap();
      long end = positions.getEndPosition(unit, method);
      if (end >= 0 && method.getBody() != null) {
        long first = lines.getLineNumber(positions.getStartPosition(unit, method));
        int length = (int) (lines.getLineNumber(end) - first + 1);
        if (length > METHOD_LINES) {
          tooLong.put(file.replace(".java", ".") + method.getName(), length);
        }
      }
      return super.visitMethod(method, file);
    }
  }

  @Test
  void shouldNameOnlyWhatIsTooLong() {
    List<Integer> named = new ArrayList<>(LARGE_FILES.values());
    assertThat(named).allSatisfy(lines -> assertThat(lines).isGreaterThan(FILE_LINES));
    assertThat(LARGE_METHODS.values())
        .allSatisfy(lines -> assertThat(lines).isGreaterThan(METHOD_LINES));
  }
}
