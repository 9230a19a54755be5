package io.simplesmtp.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When the launcher builds, with a Maven that only copies a program which is there already. */
class LauncherBuildTest {

  private static final Path ROOT =
      Path.of(System.getProperty("simplesmtp.root", "..")).toAbsolutePath().normalize();
  private static final String BUILDING =
      "simplesmtp: building, which takes a minute the first time ...\n";

  @TempDir Path folder;

  private Path root = Path.of("");
  private Path maven = Path.of("");

  @BeforeEach
  void makeSourcesAndMaven() throws IOException {
    Programs.installed("sh");
    root = folder.resolve("the sources");
    for (String name : List.of("core/src/main", "app/src/main", "app/target")) {
      Files.createDirectories(root.resolve(name));
    }
    for (String name : List.of("pom.xml", "core/pom.xml", "app/pom.xml", "app/src/main/Code")) {
      Files.createFile(root.resolve(name));
    }
    Files.copy(
        ROOT.resolve("simplesmtp"), root.resolve("simplesmtp"), StandardCopyOption.COPY_ATTRIBUTES);
    writeProgram(folder.resolve("built.jar"));
    maven = Files.createDirectories(folder.resolve("bin")).resolve("mvn");
    maven("cp '" + folder + "/built.jar' '" + root + "/app/target/simplesmtp.jar'");
  }

  @Test
  void buildsWhenASourceIsNewerAndNotElse() throws Exception {
    assertThat(launch("one")).isEqualTo(new Programs.Ended(0, BUILDING + "ran one\n"));
    assertThat(launch("two")).isEqualTo(new Programs.Ended(0, "ran two\n"));
    touch();
    assertThat(launch("three")).isEqualTo(new Programs.Ended(0, BUILDING + "ran three\n"));
  }

  @Test
  void buildsAgainWhatWasEditedDuringTheBuild() throws Exception {
    maven(
        "cp '" + folder + "/built.jar' '" + root + "/app/target/simplesmtp.jar'",
        "touch '" + root + "/app/src/main/Code'");
    assertThat(launch("one").output()).startsWith(BUILDING);
    assertThat(launch("two").output()).startsWith(BUILDING);
  }

  @Test
  void saysWhyABuildFailedAndTriesAgain() throws Exception {
    String copy = Files.readString(maven);
    maven("echo '[ERROR] no such semicolon'", "exit 1");
    assertThat(launch())
        .isEqualTo(
            new Programs.Ended(
                1, BUILDING + "[ERROR] no such semicolon\nsimplesmtp: the build failed.\n"));
    Files.writeString(maven, copy);
    assertThat(launch("two").output()).isEqualTo(BUILDING + "ran two\n");
  }

  @Test
  void buildsOnceForSeveralThatStartAtOnce() throws Exception {
    List<CompletableFuture<Programs.Ended>> all =
        IntStream.range(0, 4)
            .mapToObj(i -> CompletableFuture.supplyAsync(() -> quietly("" + i)))
            .toList();
    String said = "";
    for (CompletableFuture<Programs.Ended> one : all) {
      assertThat(one.get().status()).as(one.get().output()).isZero();
      said += one.get().output();
    }
    assertThat(said).containsOnlyOnce(BUILDING).contains("ran 0", "ran 1", "ran 2", "ran 3");
  }

  @Test
  void saysWhatToRemoveWhereABuildWasBrokenOff() throws Exception {
    Path lock = Files.createDirectories(root.resolve("app/target/run/build.lock"));
    Programs.Ended ended = launch();
    assertThat(ended.status()).isEqualTo(1);
    assertThat(ended.output())
        .endsWith("a build was broken off: remove " + lock + " and try again.\n");
    Files.delete(lock);
    assertThat(launch("two").output()).isEqualTo(BUILDING + "ran two\n");
  }

  @Test
  void saysThatTheJavaItIsGivenWillNotDo() throws Exception {
    ProcessBuilder builder = builder();
    builder.environment().put("SIMPLESMTP_JAVA_HOME", "/nowhere");
    assertThat(Programs.run(builder))
        .isEqualTo(
            new Programs.Ended(
                1,
                "simplesmtp: SIMPLESMTP_JAVA_HOME names /nowhere, where there is no Java 21 or"
                    + " newer.\n"));
  }

  private Programs.Ended quietly(String argument) {
    try {
      return launch(argument);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private Programs.Ended launch(String... arguments) throws Exception {
    return Programs.run(builder(arguments));
  }

  private ProcessBuilder builder(String... arguments) {
    String[] command = new String[arguments.length + 1];
    command[0] = root.resolve("simplesmtp").toString();
    System.arraycopy(arguments, 0, command, 1, arguments.length);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().remove("SIMPLESMTP_JAVA_OPTS");
    builder.environment().put("SIMPLESMTP_JAVA_HOME", System.getProperty("java.home"));
    builder.environment().merge("PATH", "", (path, none) -> maven.getParent() + ":" + path);
    return builder;
  }

  private void maven(String... lines) throws IOException {
    Files.writeString(maven, "#!/bin/sh\n" + String.join("\n", lines) + "\n");
    assertThat(maven.toFile().setExecutable(true)).isTrue();
  }

  private void touch() throws IOException {
    Path code = root.resolve("app/src/main/Code");
    Files.delete(code);
    Files.createFile(code);
  }

  private static void writeProgram(Path jar) throws IOException {
    String name = LauncherProbe.class.getName();
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, name);
    String file = name.replace('.', '/') + ".class";
    try (InputStream code = LauncherProbe.class.getResourceAsStream("/" + file);
        OutputStream out = Files.newOutputStream(jar);
        JarOutputStream entries = new JarOutputStream(out, manifest)) {
      entries.putNextEntry(new JarEntry(file));
      Objects.requireNonNull(code).transferTo(entries);
    }
  }
}
