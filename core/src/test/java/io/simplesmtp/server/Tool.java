package io.simplesmtp.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** An external program, run in one folder; tests are skipped where it is not installed. */
public final class Tool {

  private static final long TIMEOUT_SECONDS = 60;

  /** Where programs for the administrator are, which the path of others leaves out. */
  private static final List<String> MORE_FOLDERS = List.of("/usr/sbin", "/usr/local/sbin");

  private final Path program;
  private final Path folder;
  private final Map<String, String> environment = new HashMap<>();

  private Tool(Path program, Path folder) {
    this.program = program;
    this.folder = folder;
  }

  /** Finds the program by its name; if there is none, the test that asks is skipped. */
  public static Tool find(String name, Path folder) {
    Stream<String> folders =
        Stream.concat(
            Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1)),
            MORE_FOLDERS.stream());
    Optional<Path> program =
        folders.map(f -> Path.of(f, name)).filter(Files::isExecutable).findFirst();
    assumeTrue(program.isPresent(), "skipped: the command " + name + " is not installed");
    return new Tool(program.orElseThrow(), folder);
  }

  /** Where it is. */
  public Path path() {
    return program;
  }

  /** Sets a variable of the program's environment. */
  public Tool with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  /** Runs it to its end without any input. */
  public Output run(String... arguments) throws Exception {
    return runWith(new byte[0], arguments);
  }

  /** Runs it to its end; all its input is ready from the begin. */
  public Output runWith(byte[] input, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(List.of(arguments));
    Path in = Files.createTempFile("tool", ".in");
    Path out = Files.createTempFile("tool", ".out");
    try {
      Files.write(in, input);
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectInput(in.toFile())
              .redirectErrorStream(true)
              .redirectOutput(out.toFile());
      builder.environment().putAll(environment);
      return finish(builder.start(), String.join(" ", command), out);
    } finally {
      Files.delete(in);
      Files.delete(out);
    }
  }

  private static Output finish(Process process, String commandLine, Path out)
      throws IOException, InterruptedException {
    boolean isOver = process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    process.destroyForcibly();
    String text = new String(Files.readAllBytes(out), StandardCharsets.UTF_8);
    assertThat(isOver).as("%s ended; it said: %s", commandLine, text).isTrue();
    return new Output(commandLine, process.waitFor(), text);
  }

  /**
   * What a program did.
   *
   * @param commandLine how it was called
   * @param status its exit status
   * @param text what it printed, errors too
   */
  public record Output(String commandLine, int status, String text) {

    /** Checks that the program says it succeeded. */
    public Output succeeds() {
      assertThat(status).as("%s: %s", commandLine, text).isZero();
      return this;
    }

    /** Checks that the program says it failed, and why. */
    public Output fails(String... why) {
      assertThat(status).as("%s: %s", commandLine, text).isNotZero();
      return says(why);
    }

    /** Checks what the program printed. */
    public Output says(String... words) {
      assertThat(text).as(commandLine).contains(words);
      return this;
    }
  }
}
