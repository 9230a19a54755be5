package io.simplesmtp.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What systemd does with a socket: whenever a client waits there and no service runs, it starts one
 * with the socket as its standard input.
 */
record Activator(Process process, BufferedReader out, int port) implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(Programs.PATIENCE_SECONDS);
  private static final String SCRIPT =
      """
      import select, socket, subprocess, sys
      listening = socket.socket()
      listening.bind(('127.0.0.1', 0))
      listening.listen()
      print(listening.getsockname()[1], flush=True)
      while True:
          select.select([listening], [], [])
          with open(sys.argv[1], 'ab') as log:
              service = subprocess.Popen(sys.argv[2:], stdin=listening, stdout=log, stderr=log)
          print(service.pid, flush=True)
          print(service.wait(), flush=True)
      """;

  /** Listens on a free port; what services print is appended to a log. */
  static Activator start(List<String> service, Path folder, Path log) throws IOException {
    List<String> command = new ArrayList<>(List.of(Programs.installed("python3"), "-c", SCRIPT));
    command.add(log.toString());
    command.addAll(service);
    Process process = new ProcessBuilder(command).directory(folder.toFile()).start();
    BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
    return new Activator(process, out, number(out));
  }

  /** Waits until a service was started, and returns the id of its process. */
  long started() {
    return number(out);
  }

  /** Waits until the service has ended, and returns its status. */
  int status() {
    return number(out);
  }

  @Override
  public void close() {
    process.destroyForcibly();
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    assertTimeoutPreemptively(PATIENCE, () -> process.waitFor());
  }

  private static int number(BufferedReader out) {
    String line = assertTimeoutPreemptively(PATIENCE, out::readLine);
    assertThat(line).as("the next number").isNotNull();
    return Integer.parseInt(line);
  }
}
