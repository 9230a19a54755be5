package io.simplesmtp.gates;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.simplesmtp.server.SmtpServer;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** No test of the core has a server that is not looked at when it is closed. */
class WatchedServersTest {

  private static final JavaClasses TESTS =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.ONLY_INCLUDE_TESTS)
          .importPackages("io.simplesmtp");

  private static final Set<String> STARTERS =
      Set.of(SmtpServer.class.getName(), SmtpServer.Builder.class.getName());

  private static final String WATCHED = "io.simplesmtp.server.WatchedServer";

  /** Servers in a process of their own, of which the system leaves nothing. */
  private static final Set<String> PROCESSES =
      Set.of("io.simplesmtp.server.InheritedServer", "io.simplesmtp.server.BigMessageTest$Program");

  private static final DescribedPredicate<JavaAccess<?>> A_START =
      DescribedPredicate.describe(
          "a start of a server",
          access ->
              access.getTarget().getName().equals("start")
                  && STARTERS.contains(access.getTargetOwner().getFullName()));

  private static final DescribedPredicate<JavaClass> NOT_IN_CHARGE =
      DescribedPredicate.describe(
          "others than the watched server",
          type -> !type.getName().equals(WATCHED) && !PROCESSES.contains(type.getName()));

  @Test
  void serversAreStartedWhereTheyAreWatched() {
    noClasses().that(NOT_IN_CHARGE).should().accessTargetWhere(A_START).check(TESTS);
  }

  @Test
  void theRuleSeesAStart() {
    classes()
        .that()
        .haveFullyQualifiedName(WATCHED)
        .should()
        .accessTargetWhere(A_START)
        .check(TESTS);
  }
}
