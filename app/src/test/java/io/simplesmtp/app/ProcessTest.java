package io.simplesmtp.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.simplesmtp.auth.ScramCredential;
import io.simplesmtp.auth.ScramHash;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The program as a process of its own, which ends in order and out of order. */
class ProcessTest {

  private static final String[] SERVE = {
    "serve", "--listen", "127.0.0.1:0", "--hostname", "mx.test", "--no-tls"
  };

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"TERM, 143", "INT, 130"})
  void aSignalLetsAMessageInProgressEnd(String signal, int status) throws Exception {
    try (Programs.Server server = Programs.Server.start(Programs.simplesmtp(SERVE), folder);
        Talk client = Talk.greeted(server.port());
        Talk idle = Talk.greeted(server.port())) {
      client.begun("a@b.org", "c@d.org").sends("Subject: Hi\r\n\r\nfirst\r\n");
      server.signal(signal);
      idle.hears("421 4.3.2 ");
      awaitRefusal(server.port());
      client.sends("second\r\n.\r\n").hears("250 2.0.0 Stored as ").hears("421 4.3.2 ");
      client.leaves();
      idle.leaves();
      assertThat(server.status()).isEqualTo(status);
    }
    assertThat(Mails.content(mails().only()))
        .asString(StandardCharsets.US_ASCII)
        .isEqualTo("Subject: Hi\r\n\r\nfirst\r\nsecond\r\n");
    assertThat(folder.resolve("err.txt")).content().doesNotContain("ERROR", "cut");
  }

  @Test
  void openSessionsArePrintedAtASignal() throws Exception {
    String[] flags = {"serve", "--listen", "127.0.0.1:0", "--no-tls"};
    try (Programs.Server server = Programs.Server.start(Programs.simplesmtp(flags), folder);
        Talk client = Talk.greeted(server.port())) {
      server.signal("USR1");
      Path log = folder.resolve("err.txt");
      Awaitility.await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> Files.readString(log).contains(" age="));
      assertThat(log)
          .content()
          .contains(" now sessions=1 memory=")
          .containsPattern(
              " open session=\\S+ client=127.0.0.1 port=\\d+ activity=COMMAND lasting=\\d+ age=\\d+");
      client.says("NOOP").hears("250 ");
      server.signal("TERM");
      assertThat(server.status()).isEqualTo(143);
    }
  }

  @Test
  void aHangupReadsFilesAgainAndWhatIsWrongStaysAsItWas() throws Exception {
    Authority authority = Authority.in(folder.resolve("ca"));
    authority.issue("mx", "/CN=first.test", "DNS:mx.test");
    Path users = Files.writeString(folder.resolve("users.txt"), user("ann"));
    String[] flags = {
      "serve",
      "--listen",
      "127.0.0.1:0",
      "--tls-cert",
      "ca/mx.pem",
      "--tls-key",
      "ca/mx.key",
      "--auth-file",
      "users.txt",
      "--auth-without-tls",
      "--hostname",
      "mx.test"
    };
    try (Programs.Server server = Programs.Server.start(Programs.simplesmtp(flags), folder)) {
      assertThat(certificate(server.port())).contains("CN = first.test");
      authority.issue("mx", "/CN=second.test", "DNS:mx.test");
      Files.writeString(users, user("bob"));
      server.signal("HUP");
      awaitLog("INFO: Files read again");
      assertThat(certificate(server.port())).contains("CN = second.test");
      try (Talk client = Talk.greeted(server.port())) {
        client.says("AUTH PLAIN AGFubgBzZWNyZXQ=").hears("535 5.7.8 ");
        client.says("AUTH PLAIN AGJvYgBzZWNyZXQ=").hears("235 ");
      }
      Files.writeString(authority.file("mx.pem"), "broken");
      Files.writeString(users, "bob\n");
      server.signal("HUP");
      awaitLog("WARNING: Files read again; what is wrong stays as it was");
      assertThat(folder.resolve("err.txt"))
          .content()
          .contains("ca/mx.pem", "--auth-file: users.txt line 1: is not USER:HASH");
      assertThat(certificate(server.port())).contains("CN = second.test");
      try (Talk client = Talk.greeted(server.port())) {
        client.says("AUTH PLAIN AGJvYgBzZWNyZXQ=").hears("235 ");
      }
      server.signal("TERM");
      assertThat(server.status()).isEqualTo(143);
    }
  }

  @Test
  void aHangupOfAClosedTerminalEndsTheProcess() throws Exception {
    String script =
        """
        import os, pty, signal, sys
        pid, terminal = pty.fork()
        if pid == 0:
            os.execv(sys.argv[1], sys.argv[1:])
        seen = b''
        while b'Send a first message' not in seen:
            seen += os.read(terminal, 1000)
        os.kill(pid, signal.SIGHUP)
        while b'Files read again' not in seen:
            seen += os.read(terminal, 1000)
        os.close(terminal)
        print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
        """;
    List<String> command = new ArrayList<>(List.of(Programs.installed("python3"), "-c", script));
    command.addAll(Programs.simplesmtp(SERVE));
    Programs.Ended ended = Programs.run(new ProcessBuilder(command).directory(folder.toFile()));
    assertThat(ended.output()).isEqualTo("129\n");
  }

  @Test
  void aFileThatGetsTooBigForTheSystemIs451AndLeavesNothing() throws Exception {
    List<String> command = new ArrayList<>(List.of(Programs.installed("sh"), "-c"));
    command.addAll(List.of("ulimit -f 2048 && exec \"$@\"", "sh"));
    command.addAll(Programs.simplesmtp(SERVE));
    try (Programs.Server server = Programs.Server.start(command, folder);
        Talk client = Talk.greeted(server.port())) {
      client.begun("a@b.org", "c@d.org").sends(big(2_000_000)).hears("451 4.3.0 ");
      assertThat(mails().stored()).isEmpty();
      assertThat(mails().drafts()).isEmpty();
      client.begun("a@b.org", "c@d.org").sends(big(10_000)).hears("250 ");
    }
    assertThat(Files.readAllLines(folder.resolve("err.txt")))
        .filteredOn(line -> line.contains("not stored, answered 451"))
        .hasSize(1);
  }

  @Test
  void aFullDiskIs452AndLeavesNothing() throws Exception {
    List<String> command = new ArrayList<>(List.of(Programs.installed("unshare"), "-rm"));
    String mount = "mkdir mail && mount -t tmpfs -o size=8m none mail";
    assumeTrue(
        Programs.run(
                new ProcessBuilder(command.get(0), "-rm", "sh", "-c", mount + " && echo mounted")
                    .directory(Files.createDirectories(folder.resolve("try")).toFile()))
            .output()
            .contains("mounted"),
        "skipped: this system lets nobody mount a file system of his own");
    command.addAll(List.of("sh", "-c", mount + " && exec \"$@\"", "sh"));
    command.addAll(Programs.simplesmtp(SERVE));
    try (Programs.Server server = Programs.Server.start(command, folder);
        Talk client = Talk.greeted(server.port())) {
      Path inside = Path.of("/proc/" + server.process().pid() + "/root" + folder + "/mail");
      Mails mails = new Mails(inside);
      client.begun("a@b.org", "c@d.org").sends(big(12_000_000)).hears("452 4.3.1 ");
      assertThat(mails.stored()).isEmpty();
      assertThat(mails.drafts()).isEmpty();
      client.begun("a@b.org", "c@d.org").sends(big(100_000)).hears("250 ");
      assertThat(mails.stored()).hasSize(1);
    }
  }

  private static String user(String name) {
    ScramCredential secret = ScramCredential.of(ScramHash.SHA_256, "secret", 4096);
    return name + ":" + secret.text() + "\n";
  }

  private static String certificate(int port) throws Exception {
    String[] command = {
      Programs.installed("openssl"),
      "s_client",
      "-starttls",
      "smtp",
      "-connect",
      "127.0.0.1:" + port
    };
    return Programs.run(command).output();
  }

  private void awaitLog(String line) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(() ->
            Files.readAllLines(folder.resolve("err.txt")).stream().anyMatch(l -> l.endsWith(line)));
  }

  private Mails mails() {
    return new Mails(folder.resolve("mail"));
  }

  private static String big(int octets) {
    String line = "x".repeat(98) + "\r\n";
    return "Subject: big\r\n\r\n" + line.repeat(octets / line.length()) + ".\r\n";
  }

  private static void awaitRefusal(int port) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () -> assertThatThrownBy(() -> Talk.greeted(port)).isInstanceOf(IOException.class));
  }
}
