package io.simplesmtp.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program as a process whose surroundings are not as they should be. */
class ResilienceTest {

  private static final String MAIL = "Subject: Hi\r\n\r\nHello\r\n.\r\n";
  private static final String[] SERVE = {
    "serve", "--listen", "127.0.0.1:0", "--hostname", "mx.test", "--no-tls"
  };

  private static final int MOST_DESCRIPTORS = 40;

  @TempDir Path folder;

  @Test
  void aFirstMessageThatFindsNoDescriptorsDoesNotHarmTheNext() throws Exception {
    List<String> command = new ArrayList<>(List.of(Programs.installed("sh"), "-c"));
    command.addAll(List.of("ulimit -n " + MOST_DESCRIPTORS + " && exec \"$@\"", "sh"));
    command.addAll(fromJars(Programs.simplesmtp(SERVE)));
    List<Talk> all = new ArrayList<>();
    try (Programs.Server server = Programs.Server.start(command, folder)) {
      Talk first = Talk.greeted(server.port());
      all.add(first);
      first.begun("a@b.org", "c@d.org");
      Path log = folder.resolve("err.txt");
      for (int i = 0; i < 50; i++) {
        all.add(Talk.connected(server.port()));
      }
      // What Java itself opens for a moment may be what is missing first, and is free again then,
      // until the next client is accepted.
      Awaitility.await()
          .atMost(Duration.ofSeconds(30))
          .during(Duration.ofMillis(500))
          .until(() -> Files.size(log) > 0 && descriptors(server) == MOST_DESCRIPTORS);
      String reply = first.sends(MAIL).reply();
      for (int i = 0; i < 20 && reply.startsWith("250 "); i++) { // one was let go of just then
        reply = first.begun("a@b.org", "c@d.org").sends(MAIL).reply();
      }
      assertThat(reply).startsWith("451 4.3.0 ");
      for (Talk client : all) {
        client.close();
      }
      Awaitility.await() // the server closes them one after the other
          .atMost(Duration.ofSeconds(30))
          .ignoreExceptions()
          .untilAsserted(() -> {
            try (Talk client = Talk.greeted(server.port())) {
              client.begun("a@b.org", "c@d.org").sends(MAIL).hears("250 ");
            }
          });
      server.signal("TERM");
      assertThat(server.rest()).anyMatch(line -> line.matches(".* accepted .* octets=22"));
      assertThat(log).content().doesNotContain("NoClassDefFoundError", "Initializer");
    }
  }

  @Test
  void aDiskThatIsReadOnlyForATimeIs451ForThatTime() throws Exception {
    List<String> command = new ArrayList<>(List.of(Programs.installed("unshare"), "-rm"));
    String mount = "mkdir mail && mount -t tmpfs -o size=8m none mail";
    assumeTrue(
        Programs.run(
                new ProcessBuilder(command.get(0), "-rm", "sh", "-c", mount + " && echo mounted")
                    .directory(Files.createDirectories(folder.resolve("try")).toFile()))
            .output()
            .contains("mounted"),
        "skipped: this system lets nobody mount a file system of his own");
    String remounting =
        "(while read way <&4; do mount -o remount,$way mail; echo $way; done >&3) &";
    command.addAll(
        List.of(
            "sh", "-c", mount + " && { exec 3>ways 4<&0; " + remounting + " exec \"$@\"; }", "sh"));
    command.addAll(Programs.simplesmtp(SERVE));
    try (Programs.Server server = Programs.Server.start(command, folder);
        Talk client = Talk.greeted(server.port())) {
      client.begun("a@b.org", "c@d.org").sends(MAIL).hears("250 ");
      remount(server, "ro");
      client.begun("a@b.org", "c@d.org").sends(MAIL).hears("451 4.3.0 ");
      remount(server, "rw");
      client.begun("a@b.org", "c@d.org").sends(MAIL).hears("250 ");
      Mails mails =
          new Mails(Path.of("/proc/" + server.process().pid() + "/root" + folder + "/mail"));
      assertThat(mails.stored()).hasSize(2);
      assertThat(mails.drafts()).isEmpty();
    }
    assertThat(Files.readAllLines(folder.resolve("err.txt")))
        .filteredOn(line -> line.contains("not stored, answered 451"))
        .singleElement()
        .asString()
        .contains("Read-only file system");
  }

  private void remount(Programs.Server server, String way) throws IOException {
    OutputStream in = server.process().getOutputStream();
    in.write((way + "\n").getBytes(StandardCharsets.US_ASCII));
    in.flush();
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> Files.readString(folder.resolve("ways")).endsWith(way + "\n"));
  }

  @Test
  void outputThatNobodyTakesHoldsNoMessageUp() throws Exception {
    String local = "x".repeat(60) + "@";
    String domain = ("y".repeat(60) + ".").repeat(3) + "org";
    try (Programs.Server server = Programs.Server.start(Programs.simplesmtp(SERVE), folder);
        Talk client = Talk.greeted(server.port())) {
      for (int i = 0; i < 300; i++) {
        client.begun(local + domain, local + domain).sends(MAIL).hears("250 ");
      }
      client.says("QUIT").hears("221 ");
      List<String> stored =
          assertTimeoutPreemptively(
              Duration.ofSeconds(Programs.PATIENCE_SECONDS),
              () -> server.out().lines().filter(l -> l.contains(" accepted ")).limit(300).toList());
      assertThat(stored).hasSize(300);
      server.signal("TERM");
      assertThat(server.status()).isEqualTo(143);
    }
  }

  @Test
  void whatTheLocaleCannotReadIsRefused() throws Exception {
    Path umlaut = Files.createDirectory(folder.resolve("bücher"));
    for (String[] arguments : new String[][] {{"--version"}, {"serve", "--maildir", "bücher"}}) {
      ProcessBuilder builder = new ProcessBuilder(Programs.simplesmtp(arguments));
      builder.directory((arguments.length == 1 ? umlaut : folder).toFile());
      builder.environment().put("LC_ALL", "C");
      Programs.Ended ended = Programs.run(builder);
      assertThat(ended.output().lines())
          .singleElement()
          .asString()
          .startsWith("simplesmtp: ")
          .contains("LC_ALL=C.UTF-8");
      assertThat(ended.status()).isEqualTo(2);
    }
  }

  private static long descriptors(Programs.Server server) throws IOException {
    try (Stream<Path> all = Files.list(Path.of("/proc/" + server.process().pid() + "/fd"))) {
      return all.count();
    }
  }

  /** The same command with classes from files that stay open, as the program has them. */
  private List<String> fromJars(List<String> command) throws IOException {
    List<String> path = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      if (Files.isDirectory(Path.of(entry))) {
        path.add(jar(Path.of(entry), folder.resolve(path.size() + ".jar")).toString());
      } else if (entry.contains("picocli") || entry.contains("codec") || entry.contains("smtp")) {
        path.add(entry);
      }
    }
    String old = System.getProperty("java.class.path");
    return command.stream()
        .map(word -> word.equals(old) ? String.join(File.pathSeparator, path) : word)
        .toList();
  }

  private static Path jar(Path classes, Path file) throws IOException {
    try (OutputStream out = Files.newOutputStream(file);
        JarOutputStream jar = new JarOutputStream(out);
        Stream<Path> all = Files.walk(classes)) {
      for (Path one : all.filter(Files::isRegularFile).toList()) {
        jar.putNextEntry(new ZipEntry(classes.relativize(one).toString()));
        Files.copy(one, jar);
      }
    }
    return file;
  }
}
