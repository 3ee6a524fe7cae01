package io.linecast.structure;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The arrows of ARCHITECTURE.md: which module may know which, and which libraries. */
class DependencyTest {

  private static JavaClasses shipped;

  @BeforeAll
  static void importClasses() {
    shipped =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(classFile -> !classFile.contains("-tests.jar"))
            .importPackages(
                "io.linecast.protocol",
                "io.linecast.client",
                "io.linecast.core",
                "io.linecast.sqlite",
                "io.linecast.kafka",
                "io.linecast.load",
                "io.linecast.server",
                "io.linecast.cli");
  }

  @Test
  void shouldSeeEveryShippedModule() {
    for (String module :
        new String[] {"protocol", "client", "core", "sqlite", "kafka", "server", "load", "cli"}) {
      assertThat(shipped.stream().filter(c -> c.getPackageName().contains("." + module)))
          .as(module)
          .isNotEmpty();
    }
  }

  @Test
  void shouldKeepProtocolToTheJdk() {
    classes()
        .that()
        .resideInAPackage("io.linecast.protocol..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("io.linecast.protocol..", "java..", "org.jspecify..")
        .check(shipped);
  }

  @Test
  void shouldKeepTheClientToTheJdkAndProtocol() {
    classes()
        .that()
        .resideInAPackage("io.linecast.client..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "io.linecast.client..",
            "io.linecast.protocol..",
            "java..",
            "javax.net.ssl..",
            "javax.security.auth.x500..",
            "org.jspecify..")
        .check(shipped);
  }

  @Test
  void shouldKeepCoreToTheJdkAndProtocol() {
    classes()
        .that()
        .resideInAPackage("io.linecast.core..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "io.linecast.core..", "io.linecast.protocol..", "java..", "jdk.jfr..", "org.jspecify..")
        .check(shipped);
  }

  @Test
  void shouldKeepTheJournalInAFileToCoreAndSqlite() {
    classes()
        .that()
        .resideInAPackage("io.linecast.sqlite..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "io.linecast.sqlite..",
            "io.linecast.core..",
            "io.linecast.protocol..",
            "java..",
            "org.sqlite..",
            "org.jspecify..")
        .check(shipped);
  }

  @Test
  void shouldKeepTheJournalInATopicToCoreAndKafkasClients() {
    classes()
        .that()
        .resideInAPackage("io.linecast.kafka..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "io.linecast.kafka..",
            "io.linecast.core..",
            "io.linecast.protocol..",
            "java..",
            "org.apache.kafka.clients..",
            "org.apache.kafka.common..",
            "org.jspecify..")
        .check(shipped);
  }

  @Test
  void shouldKeepTheServerFromJournalsThatLast() {
    noClasses()
        .that()
        .resideInAPackage("io.linecast.server..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.linecast.sqlite..", "io.linecast.kafka..", "java.sql..")
        .check(shipped);
  }

  @Test
  void shouldKeepTheServerFromTheCommand() {
    noClasses()
        .that()
        .resideInAPackage("io.linecast.server..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.linecast.cli..", "io.linecast.bench..", "picocli..", "ch.qos..")
        .check(shipped);
  }

  @Test
  void shouldKeepTheLoadFromWhatItLoads() {
    noClasses()
        .that()
        .resideInAPackage("io.linecast.load..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.linecast.protocol..",
            "io.linecast.core..",
            "io.linecast.server..",
            "io.linecast.cli..",
            "io.netty..")
        .check(shipped);
  }

  @Test
  void shouldKeepTheCommandFromNetty() {
    noClasses()
        .that()
        .resideInAPackage("io.linecast.cli..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.netty..")
        .check(shipped);
  }

  @Test
  void shouldKeepTheTerminalToTheScreensThatAreOne() {
    noClasses()
        .that()
        .doNotHaveSimpleName("TerminalScreen")
        .and()
        .doNotHaveSimpleName("LiveScreen")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.jline..")
        .check(shipped);
  }

  @Test
  void shouldShipNothingOfTheBenchmarksTheFuzzingAndTheTestsBrokers() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.linecast.bench..",
            "io.linecast.broker..",
            "io.linecast.fuzz..",
            "com.code_intelligence..")
        .check(shipped);
  }

  @Test
  void shouldHaveNoCycleBetweenPackages() {
    slices().matching("io.linecast.(**)").should().beFreeOfCycles().check(shipped);
  }
}
