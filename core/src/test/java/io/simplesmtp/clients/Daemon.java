package io.simplesmtp.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** A program that serves a port of the loopback until it is closed. */
final class Daemon implements AutoCloseable {

  private static final List<String> FOLDERS = List.of("/usr/sbin", "/usr/local/sbin", "/usr/bin");

  private final Process process;
  private final Path log;

  private Daemon(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /** Finds the program; if there is none, the test that asks is skipped. */
  static String find(String name) {
    Stream<String> found =
        FOLDERS.stream().map(f -> f + "/" + name).filter(f -> Files.isExecutable(Path.of(f)));
    String program = found.findFirst().orElse("");
    assumeTrue(!program.isEmpty(), "skipped: the command " + name + " is not installed");
    return program;
  }

  /** A port that was free a moment ago. */
  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** Starts a program in the foreground and waits until its ports are open. */
  static Daemon start(Path folder, List<String> command, int... ports) throws IOException {
    Path log = folder.resolve("daemon.log");
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    Daemon daemon = new Daemon(process, log);
    try {
      for (int port : ports) {
        Awaitility.await()
            .atMost(Duration.ofSeconds(20))
            .until(() -> isOpen(port) || !process.isAlive());
      }
      assertThat(process.isAlive()).as("%s: %s", command, daemon.log()).isTrue();
      return daemon;
    } catch (Throwable e) {
      daemon.close();
      throw e;
    }
  }

  /** What it has written. */
  String log() throws IOException {
    return Files.readString(log);
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static boolean isOpen(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }
}
