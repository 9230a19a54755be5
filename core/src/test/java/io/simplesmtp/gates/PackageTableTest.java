package io.simplesmtp.gates;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.net.ServerSocket;
import java.net.Socket;
import org.junit.jupiter.api.Test;

/** Arrows between packages go one way: server, session, protocol and wire, values. */
class PackageTableTest {

  private static final String VALUES = "io.simplesmtp";
  private static final String API = "io.simplesmtp.server";
  private static final String POLICY = "io.simplesmtp.server.policy";
  private static final String AUTH = "io.simplesmtp.auth";
  private static final String PROTOCOL = "io.simplesmtp.internal.protocol";
  private static final String WIRE = "io.simplesmtp.internal.wire";
  private static final String SESSION = "io.simplesmtp.internal.session";

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(VALUES);

  @Test
  void thereIsNoOtherPackage() {
    classes()
        .should()
        .resideInAnyPackage(
            VALUES, API, POLICY, AUTH, PROTOCOL, WIRE, SESSION, "io.simplesmtp.internal.server")
        .check(CLASSES);
  }

  @Test
  void valuesKnowNothingElse() {
    dependsOnlyOn(VALUES);
  }

  @Test
  void mechanismsKnowNothingOfServers() {
    dependsOnlyOn(AUTH);
  }

  @Test
  void policiesUseWhatApplicationsSee() {
    dependsOnlyOn(POLICY, VALUES, AUTH, API);
  }

  @Test
  void wireKnowsOnlyValues() {
    dependsOnlyOn(WIRE, VALUES);
  }

  @Test
  void protocolKnowsOnlyValues() {
    dependsOnlyOn(PROTOCOL, VALUES);
  }

  @Test
  void sessionKnowsNoSockets() {
    dependsOnlyOn(SESSION, VALUES, AUTH, API, PROTOCOL, WIRE);
    noClasses()
        .that(resideInAPackage(SESSION))
        .should()
        .dependOnClassesThat(resideInAnyPackage("java.nio.channels..", "javax.net.."))
        .orShould()
        .accessClassesThat()
        .belongToAnyOf(Socket.class, ServerSocket.class)
        .check(CLASSES);
  }

  @Test
  void protocolKnowsNoStreamsClocksOrThreads() {
    noClasses()
        .that(resideInAPackage(PROTOCOL))
        .should()
        .dependOnClassesThat(
            resideInAnyPackage(
                "java.io..",
                "java.net..",
                "java.nio.channels..",
                "java.nio.file..",
                "java.time..",
                "java.util.concurrent.."))
        .orShould()
        .accessClassesThat()
        .belongToAnyOf(System.class, Thread.class)
        .check(CLASSES);
  }

  @Test
  void onlyTheBuilderTlsAndWhatLogsReachIntoTheEngine() {
    classes()
        .that(resideInAPackage(API))
        .and()
        .doNotHaveSimpleName("SmtpServer")
        .and()
        .doNotHaveSimpleName("Builder")
        .and()
        .doNotHaveSimpleName("ServerPlan")
        .and()
        .doNotHaveSimpleName("AuthPlan")
        .and()
        .doNotHaveSimpleName("TlsConfig")
        .and()
        .doNotHaveSimpleName("EventLog")
        .and()
        .doNotHaveSimpleName("Spool")
        .should()
        .onlyDependOnClassesThat(not(resideInAPackage("io.simplesmtp.internal..")))
        .check(CLASSES);
  }

  @Test
  void nothingBlocksUnderAMonitorAndNoThreadKeepsState() {
    methods().should().notHaveModifier(JavaModifier.SYNCHRONIZED).check(CLASSES);
    noFields().should().haveRawType(ThreadLocal.class).check(CLASSES);
  }

  private static void dependsOnlyOn(String layer, String... lower) {
    classes()
        .that(resideInAPackage(layer))
        .should()
        .onlyDependOnClassesThat(
            not(resideInAPackage("io.simplesmtp.."))
                .or(resideInAPackage(layer))
                .or(resideInAnyPackage(lower)))
        .check(CLASSES);
  }
}
