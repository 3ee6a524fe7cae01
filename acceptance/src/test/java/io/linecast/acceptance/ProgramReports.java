package io.linecast.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.opentest4j.TestAbortedException;

/**
 * Puts what the programs of a failing test said beside the failure; and has the program built,
 * where that is due, before the first test, whose time it is not.
 */
final class ProgramReports
    implements BeforeAllCallback, BeforeEachCallback, TestExecutionExceptionHandler {
  private static final Duration BUILD_LIMIT = Duration.ofMinutes(5);

  /** Some of what is waited for takes the start of a program, on a machine that does other work. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final List<Program> RUNNING = new CopyOnWriteArrayList<>();
  private static final List<String> ENDED = new CopyOnWriteArrayList<>();
  private static boolean isBuilt;

  static void started(Program program) {
    RUNNING.add(program);
  }

  static void ended(Program program) {
    ENDED.add(program.report());
    RUNNING.remove(program);
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    Awaitility.setDefaultTimeout(PATIENCE);
    if (Target.given().isEmpty()) {
      build();
    }
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    ENDED.clear();
  }

  @Override
  public void handleTestExecutionException(ExtensionContext context, Throwable failure)
      throws Throwable {
    if (!(failure instanceof TestAbortedException)) {
      ENDED.forEach(report -> failure.addSuppressed(new Report(report)));
      RUNNING.forEach(program -> failure.addSuppressed(new Report(program.report())));
    }
    throw failure;
  }

  /** Once a process: what JUnit keeps for a whole run, Surefire begins anew for each class. */
  private static synchronized void build() {
    if (isBuilt) {
      return;
    }
    List<String> command = List.of(ServerLauncher.launcher().toString(), "--version");
    try (Program program = Program.start(command, Map.of())) {
      assertThat(program.exitCode(BUILD_LIMIT)).as("%s", program.report()).isZero();
    }
    isBuilt = true;
  }

  /** What a program said, in the place where a stack trace would be. */
  private static final class Report extends Exception {
    private static final long serialVersionUID = 1;

    Report(String text) {
      super(text, null, false, false);
    }
  }
}
