package io.simplesmtp.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A server in a process of its own, whose standard input is the socket, given by a small parent as
 * inetd does and by systemd's own tool.
 */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class InheritedListenerTest {

  /** Its arguments: listening or connected, tcp or unix, and the command of the server. */
  private static final String PARENT =
      """
      import os, signal, socket, smtplib, subprocess, sys
      mode, family, command = sys.argv[1], sys.argv[2], sys.argv[3:]
      if family == 'unix':
          listening = socket.socket(socket.AF_UNIX)
          listening.bind(os.path.join(os.getcwd(), 's'))
      else:
          listening = socket.socket()
          listening.bind(('127.0.0.1', 0))
      listening.listen()
      listening.settimeout(60)
      client = smtplib.LMTP(timeout=60)
      client.sock = socket.socket(listening.family)
      client.sock.settimeout(60)
      client.sock.connect(listening.getsockname())
      given = listening if mode == 'listening' else listening.accept()[0]
      server = subprocess.Popen(command, stdin=given, stdout=subprocess.DEVNULL)
      try:
          if mode == 'connected':
              given.close()
          print(client.getreply())
          print(client.sendmail('ann@x.org', 'bob@x.org', 'Hi'))
          print(client.quit())
          if mode == 'listening':
              if family == 'unix':
                  print('there', os.path.exists('s'))
              second = smtplib.LMTP(*listening.getsockname(), timeout=60) \\
                  if family == 'tcp' else smtplib.LMTP(os.path.abspath('s'))
              print(second.noop())
              server.send_signal(signal.SIGTERM)
          print('status', server.wait(60))
      finally:
          server.kill()
      """;

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({"tcp", "unix"})
  void servesASocketThatListens(String family) throws Exception {
    run("listening", family)
        .succeeds()
        .says("serves [", "(220, b'mx.test LMTP')", "{}", "taken: <ann@x.org> to ", "(221, ")
        .says("(250, b'2.0.0 OK')", "status 143");
  }

  @Test
  void whatAProcessSaysAfterTheServersEndIsHeard() throws Exception {
    run("listening", "tcp").succeeds().says("status 143", "closed");
  }

  @ParameterizedTest
  @CsvSource({"tcp", "unix"})
  void servesOneClientAndCloses(String family) throws Exception {
    run("connected", family)
        .succeeds()
        .says("serves [", "(220, b'mx.test LMTP')", "{}", "taken: <ann@x.org> to ", "(221, ")
        .says("status 0");
  }

  @Test
  void isStartedBySystemdForASocket() throws Exception {
    try (Activated server = activated()) {
      server.talk();
      server.talk();
      assertThat(server.log()).containsOnlyOnce("serves [");
    }
  }

  @Test
  void isStartedBySystemdForEachClient() throws Exception {
    try (Activated server = activated("--accept")) {
      server.talk();
      server.talk();
      Awaitility.await().atMost(Duration.ofSeconds(30)).until(server::isAlone);
      assertThat(server.log().split("serves \\[", -1)).hasSize(3);
    }
  }

  @Test
  void withoutASocketThereIsNoServer() {
    assertThatIOException()
        .isThrownBy(() ->
            new WatchedServer(
                SmtpServer.builder()
                    .listen(Listener.lmtp(Listener.INHERITED))
                    .handler(TestServer.discard())))
        .withMessage("Cannot listen on the inherited socket: Standard input is no socket");
  }

  private Tool.Output run(String mode, String family) throws Exception {
    List<String> command = new ArrayList<>(List.of("-c", PARENT, mode, family));
    command.addAll(server());
    return Tool.find("python3", folder).run(command.toArray(String[]::new));
  }

  private static List<String> server() {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String classes = System.getProperty("java.class.path");
    return List.of(java, "-Xmx64m", "-cp", classes, InheritedServer.class.getName(), "lmtp");
  }

  private Activated activated(String... options) throws Exception {
    Tool systemd = Tool.find("systemd-socket-activate", folder);
    List<String> command = new ArrayList<>(List.of(systemd.path().toString(), "--inetd"));
    command.addAll(List.of(options));
    command.addAll(List.of("-l", folder.resolve("s").toString()));
    command.addAll(server());
    return new Activated(command, folder);
  }

  /** The server of a socket that systemd's tool listens on; ended by its end. */
  private static final class Activated implements AutoCloseable {
    private final Path log;
    private final Path socket;
    private final Process process;

    Activated(List<String> command, Path folder) throws IOException {
      log = folder.resolve("log");
      socket = folder.resolve("s");
      process =
          new ProcessBuilder(command)
              .redirectError(log.toFile())
              .redirectOutput(Redirect.DISCARD)
              .start();
      Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> log().contains("Listening on"));
    }

    void talk() throws IOException {
      try (UnixClient client = UnixClient.connect(socket)) {
        client.hears("220 mx.test LMTP").says("LHLO c.test").hears("250 ");
        client.says("QUIT").hears("221 ").hearsTheEnd();
      }
    }

    /** Whether no server of its own runs any more. */
    boolean isAlone() {
      return process.descendants().findAny().isEmpty();
    }

    String log() throws IOException {
      return Files.readString(log);
    }

    @Override
    public void close() {
      process.descendants().forEach(ProcessHandle::destroy);
      process.destroy();
      Process unused = process.onExit().orTimeout(30, TimeUnit.SECONDS).join();
    }
  }
}
