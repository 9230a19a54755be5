package io.simplesmtp.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Processes: the program itself, from the classes under test, and others that are installed. */
final class Programs {

  /** Longer than anything here takes; then a process is ended. */
  static final int PATIENCE_SECONDS = 120;

  private static final Duration PATIENCE = Duration.ofSeconds(PATIENCE_SECONDS);

  private Programs() {}

  /** How a process ended, with both its outputs together. */
  record Ended(int status, String output) {}

  /** Where a program is; skips the test that needs it if it is not installed. */
  static String installed(String name) {
    String folders = System.getenv().getOrDefault("PATH", "") + ":/usr/sbin:/usr/local/sbin";
    return Arrays.stream(folders.split(File.pathSeparator, -1))
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .map(Path::toString)
        .findFirst()
        .orElseGet(() -> {
          assumeTrue(false, "skipped: " + name + " is not installed");
          return "";
        });
  }

  /** The command that runs the program from its classes, or from its jar if that is named. */
  static List<String> simplesmtp(String... arguments) {
    return withHeap("128m", arguments);
  }

  /** The same command, with so much heap at most. */
  static List<String> withHeap(String most, String... arguments) {
    List<String> command = new ArrayList<>(java("-Xmx" + most));
    String jar = System.getProperty("simplesmtp.jar");
    if (jar == null) {
      command.addAll(List.of("-cp", System.getProperty("java.class.path")));
      command.add("io.simplesmtp.app.Start");
    } else {
      command.addAll(List.of("-XX:MinHeapFreeRatio=10", "-XX:MaxHeapFreeRatio=20", "-jar", jar));
    }
    command.addAll(List.of(arguments));
    return command;
  }

  /** The beginning of a command for the Java of this process. */
  static List<String> java(String... options) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(options));
    return command;
  }

  /** Runs a command to its end. */
  static Ended run(ProcessBuilder builder) throws IOException, InterruptedException {
    Process process = builder.redirectErrorStream(true).start();
    process.getOutputStream().close();
    CompletableFuture<String> output =
        CompletableFuture.supplyAsync(() -> {
          try {
            byte[] all = process.getInputStream().readAllBytes();
            return new String(all, StandardCharsets.UTF_8);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
    boolean isOver = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (!isOver) {
      process.destroyForcibly();
    }
    assertThat(isOver).as("%s ends in time", builder.command()).isTrue();
    return new Ended(process.exitValue(), output.join());
  }

  static Ended run(String... command) throws IOException, InterruptedException {
    return run(new ProcessBuilder(command));
  }

  /** A server process that has said where it listens. */
  record Server(Process process, BufferedReader out, int port) implements AutoCloseable {

    /** Starts it, and reads its output up to the line that names the port. */
    static Server start(List<String> command, Path folder) throws IOException {
      ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
      Process process = builder.redirectError(folder.resolve("err.txt").toFile()).start();
      BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
      String line =
          assertTimeoutPreemptively(
              PATIENCE,
              () -> {
                String next = out.readLine();
                while (next != null && !next.startsWith("Listening on 127.0.0.1:")) {
                  next = out.readLine();
                }
                return next;
              });
      assertThat(line).as("err.txt: " + Files.readString(folder.resolve("err.txt"))).isNotNull();
      String port = line.replaceAll(".*:(\\d+) .*", "$1");
      return new Server(process, out, Integer.parseInt(port));
    }

    /** The port of the next listener that it names. */
    int nextPort() throws IOException {
      String line = out.readLine();
      assertThat(line).startsWith("Listening on 127.0.0.1:");
      return Integer.parseInt(line.replaceAll(".*:(\\d+) .*", "$1"));
    }

    /** Reads all that it prints, as a full pipe would hold it up, until it ends. */
    void drop() {
      Thread.ofVirtual()
          .start(() -> {
            try {
              while (out.readLine() != null) {
                // Nobody wants it.
              }
            } catch (IOException e) {
              // It is gone.
            }
          });
    }

    /** Waits for its end and returns its status; the rest of its output is dropped. */
    int status() throws InterruptedException {
      var unused = rest();
      assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
      return process.exitValue();
    }

    /** The lines that it prints from now to its end. */
    List<String> rest() {
      return assertTimeoutPreemptively(PATIENCE, () -> out.lines().toList());
    }

    void signal(String name) throws IOException, InterruptedException {
      assertThat(run(installed("kill"), "-s", name, Long.toString(process.pid())).status())
          .isZero();
    }

    @Override
    public void close() {
      process.destroyForcibly();
      assertTimeoutPreemptively(PATIENCE, () -> process.waitFor());
    }
  }
}
