package io.simplesmtp.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The script {@code simplesmtp}, on a copy of the sources under a path with spaces. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(value = 10, unit = TimeUnit.MINUTES) // it may have to build
class LauncherTest {

  private static final Path ROOT =
      Path.of(System.getProperty("simplesmtp.root", "..")).toAbsolutePath().normalize();
  private static final List<String> COPIED =
      List.of(
          "simplesmtp",
          "LICENSE",
          "pom.xml",
          "core/pom.xml",
          "core/src/main",
          "app/pom.xml",
          "app/src/main",
          "examples/pom.xml",
          "bench/pom.xml");

  @TempDir static Path folder;

  private static Path copy = Path.of("");

  @BeforeAll
  static void copyTheSources() throws IOException {
    Programs.installed("sh");
    copy = folder.resolve("a copy");
    for (String name : COPIED) {
      try (Stream<Path> files = Files.walk(ROOT.resolve(name))) {
        for (Path file : files.toList()) {
          Path target = copy.resolve(ROOT.relativize(file).toString());
          Files.createDirectories(target.getParent());
          if (Files.isRegularFile(file)) {
            Files.copy(file, target);
          }
        }
      }
    }
    assertThat(copy.resolve("simplesmtp").toFile().setExecutable(true)).isTrue();
  }

  @Test
  @Order(1)
  void withoutMavenItSaysWhatToInstall() throws Exception {
    Path tools = Files.createDirectories(folder.resolve("tools"));
    List<Path> links = new ArrayList<>();
    for (String tool : List.of("sh", "dirname", "basename", "readlink", "find", "head", "sed")) {
      Path program = Path.of(Programs.installed(tool));
      links.add(Files.createSymbolicLink(tools.resolve(tool), program));
    }
    ProcessBuilder builder = launcher(copy.resolve("simplesmtp"), "--version");
    builder.environment().put("PATH", tools.toString());
    Programs.Ended ended = Programs.run(builder);
    for (Path link : links) {
      Files.delete(link);
    }
    assertThat(ended)
        .isEqualTo(
            new Programs.Ended(
                1,
                "simplesmtp: needs Maven to build itself: install it (on Debian: apt install"
                    + " maven).\n"));
  }

  @Test
  @Order(2)
  void itBuildsTheProgramOnceAndRunsItFromAnyFolder() throws Exception {
    Programs.installed("mvn");
    Path elsewhere = Files.createDirectories(folder.resolve("else where"));
    Path link = Files.createSymbolicLink(elsewhere.resolve("link"), copy.resolve("simplesmtp"));
    Programs.Ended built = Programs.run(launcher(link, "--version").directory(elsewhere.toFile()));
    assertThat(built.status()).as(built.output()).isZero();
    assertThat(built.output().lines()).hasSize(2);
    assertThat(built.output()).startsWith("simplesmtp: building").contains("\nsimplesmtp 0.");
    Programs.Ended again = Programs.run(launcher(link, "--version").directory(elsewhere.toFile()));
    assertThat(again.output()).doesNotContain("building").startsWith("simplesmtp 0.");
    Programs.Ended wrong = Programs.run(launcher(link, "serve", "--listen", "nowhere"));
    assertThat(wrong.status()).isEqualTo(2);
    assertThat(wrong.output().lines()).hasSize(1);
    assertThat(Programs.run(launcher(link)).output()).contains("Usage: simplesmtp");
    mailGoesBelowTheCallersFolder(link, elsewhere);
  }

  @Test
  @Order(3)
  void theBuildLeavesAnArchiveOfClassesAndASpoiledOneIsNotSpokenOf() throws Exception {
    Programs.installed("mvn");
    List<Path> archives = new ArrayList<>();
    try (Stream<Path> files = Files.list(copy.resolve("app/target/run"))) {
      files.filter(file -> file.toString().endsWith(".jsa")).forEach(archives::add);
    }
    assertThat(archives).hasSize(1);
    Programs.Ended with = Programs.run(launcher(copy.resolve("simplesmtp"), "--version"));
    assertThat(with.output().lines()).hasSize(1);
    for (String content : List.of("spoiled", "")) {
      Files.writeString(archives.get(0), content);
      Programs.Ended without = Programs.run(launcher(copy.resolve("simplesmtp"), "--version"));
      assertThat(without).isEqualTo(with);
    }
    Files.delete(archives.get(0));
    assertThat(Programs.run(launcher(copy.resolve("simplesmtp"), "--version"))).isEqualTo(with);
  }

  private static void mailGoesBelowTheCallersFolder(Path link, Path elsewhere) throws Exception {
    List<String> serve =
        List.of(link.toString(), "serve", "--listen", "127.0.0.1:0", "--maildir", "in here/mail");
    try (Programs.Server server = Programs.Server.start(serve, elsewhere);
        Talk client = Talk.greeted(server.port())) {
      client.begun("a@b.org", "c@d.org").sends("Subject: Hi\r\n\r\nHi\r\n.\r\n").hears("250 ");
      assertThat(new Mails(elsewhere.resolve("in here/mail")).stored()).hasSize(1);
      assertThat(elsewhere.resolve(".simplesmtp/cert.pem")).exists();
      client.says("QUIT").hears("221 ");
      server.signal("TERM");
      assertThat(server.status()).isEqualTo(143);
    }
  }

  /** In an environment that names an old Java, if there is one. */
  private static ProcessBuilder launcher(Path script, String... arguments) throws IOException {
    String[] command = new String[arguments.length + 1];
    command[0] = script.toString();
    System.arraycopy(arguments, 0, command, 1, arguments.length);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(name -> name.startsWith("MAVEN_"));
    builder.environment().remove("SIMPLESMTP_JAVA_OPTS");
    Path jvms = Path.of("/usr/lib/jvm");
    if (Files.isDirectory(jvms)) {
      try (Stream<Path> all = Files.list(jvms)) {
        all.filter(jvm -> jvm.getFileName().toString().contains("java-17"))
            .findFirst()
            .ifPresent(jvm -> builder.environment().put("JAVA_HOME", jvm.toString()));
      }
    }
    return builder;
  }
}
