package io.simplesmtp.app;

import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command {@code simplesmtp}: hands over to its subcommands. */
@Command(
    name = "simplesmtp",
    description = "Receives mail over SMTP, and sends it to measure others.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    footer = {"", "simplesmtp COMMAND --help explains the flags of a command."})
final class Main implements Runnable {

  /** Where the program keeps what it made for itself, below the working directory. */
  private static final Path HOME = Path.of(".simplesmtp");

  private static final char UNREADABLE = '\ufffd';

  @Spec CommandSpec spec = CommandSpec.create();

  private Main() {}

  /** Runs the program and ends the process with its status. */
  public static void main(String[] arguments) {
    System.setOut(QueuedOutput.before(System.out));
    System.setErr(QueuedOutput.before(System.err)); // the log prints there
    Console console = new Console(System.out, System.err);
    int status = run(console, HOME, arguments);
    console.flush();
    System.exit(status);
  }

  /** Runs the program and returns its exit status; blocks as long as a server runs. */
  static int run(Console console, Path home, String... arguments) {
    if (isMangled(arguments)) {
      console.complain(
          "this locale has not all characters of an argument or of the working folder: set a UTF-8"
              + " locale, such as LC_ALL=C.UTF-8");
      return ExitCode.USAGE;
    }
    CommandLine line = new CommandLine(new Main());
    for (Supplier<Object> command : commands(console, home, arguments)) {
      line.addSubcommand(command.get());
    }
    return Converters.register(line)
        .setOut(console.outWriter())
        .setErr(console.errWriter())
        .setExpandAtFiles(false)
        .setAllowOptionsAsOptionParameters(false)
        .setParameterExceptionHandler(wrongFlags(console))
        .setExecutionExceptionHandler((e, command, parsed) -> {
          if (e instanceof ProgramException expected) {
            console.complain(String.valueOf(expected.getMessage()));
            return expected.status();
          }
          throw e;
        })
        .execute(arguments);
  }

  /**
   * The subcommands. To make all of them ready takes longer than a server needs for the rest of its
   * start, so the one that is called stands alone; whatever else comes first, all are there.
   */
  private static Collection<Supplier<Object>> commands(
      Console console, Path home, String... arguments) {
    Map<String, Supplier<Object>> commands = new LinkedHashMap<>();
    commands.put("serve", () -> new Serve(console, home));
    commands.put("sink", () -> new Sink(console, home));
    commands.put("load", () -> new Load(console, System.getenv()));
    commands.put("hash", () -> new Hash(console, System.in));
    if (arguments.length > 0 && commands.containsKey(arguments[0])) {
      commands.keySet().retainAll(Set.of(arguments[0]));
    }
    return commands.values();
  }

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  /** Whether Java could not read what the system handed over: other files would be used. */
  private static boolean isMangled(String... arguments) {
    return Stream.concat(Stream.of(arguments), Stream.of(System.getProperty("user.dir", "")))
        .anyMatch(text -> text.indexOf(UNREADABLE) >= 0);
  }

  private static IParameterExceptionHandler wrongFlags(Console console) {
    return (e, arguments) -> {
      console.complain(e.getMessage() + " (see --help)");
      return ExitCode.USAGE;
    };
  }
}
