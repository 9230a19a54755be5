package io.simplesmtp.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/**
 * The units for systemd, as far as they can be judged where systemd does not run: by its own tools,
 * and by what the program does under the arguments that stand there, with a socket as standard
 * input. It makes no sockets there (on x86-64 and ARM); as root it has another user and no network.
 */
class ServiceTest {

  private static final Path ROOT =
      Path.of(System.getProperty("simplesmtp.root", "..")).toAbsolutePath().normalize();
  private static final Path UNITS = ROOT.resolve("packaging/systemd");
  private static final String PROGRAM = "/opt/simplesmtp/simplesmtp";

  /** Has a command make no sockets, as {@code RestrictAddressFamilies=none} does. */
  private static final String WITHOUT_SOCKETS =
      """
      import ctypes, errno, os, struct, sys
      socket = {'x86_64': 41, 'aarch64': 198}.get(os.uname().machine)
      def step(code, value, jump=0):
          return struct.pack('HBBI', code, 0, jump, value)
      steps = (step(0x20, 0) + step(0x15, socket or 0, 1)
               + step(0x06, 0x00050000 | errno.EAFNOSUPPORT) + step(0x06, 0x7fff0000))
      memory = ctypes.create_string_buffer(steps)
      class Filter(ctypes.Structure):
          _fields_ = [('length', ctypes.c_ushort), ('steps', ctypes.c_void_p)]
      libc = ctypes.CDLL(None)
      if socket:
          assert libc.prctl(38, 1, 0, 0, 0) == 0  # no new privileges
          wanted = Filter(4, ctypes.cast(memory, ctypes.c_void_p))
          assert libc.prctl(22, 2, ctypes.byref(wanted), 0, 0) == 0
      os.execv(sys.argv[1], sys.argv[1:])
      """;

  /** Who has the service as root: nobody. */
  private static final int USER = 65_534;

  private static final String MAIL = "Subject: Hi\r\n\r\nHello\r\n.\r\n";

  @TempDir Path folder;

  private Path state = Path.of("");

  @BeforeEach
  void makeTheStateDirectory() throws Exception {
    state = Files.createDirectory(folder.resolve("state"));
    if (isRoot()) {
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
      Files.setAttribute(state, "unix:uid", USER);
    }
  }

  @ParameterizedTest
  @CsvSource({"false, 5", "true, 15"})
  void systemdFindsTheUnitsSoundAndTheServiceShutIn(boolean hasDropIn, int tenthsOfExposure)
      throws Exception {
    String analyze = Programs.installed("systemd-analyze");
    Path service = adapted("simplesmtp.service", "simplesmtp.service");
    Path socket = adapted("simplesmtp.socket", "simplesmtp.socket");
    if (hasDropIn) {
      adapted("several-ports.conf", "simplesmtp.service.d/several-ports.conf");
    }
    assertThat(Programs.run(analyze, "verify", service.toString(), socket.toString()))
        .isEqualTo(new Programs.Ended(0, ""));
    Programs.Ended exposure =
        Programs.run(
            analyze,
            "security",
            "--no-pager",
            "--offline=yes",
            "--threshold=" + tenthsOfExposure,
            service.toString());
    assertThat(exposure.status()).as(exposure.output()).isZero();
    assertThat(exposure.output())
        .contains((hasDropIn ? "✗" : "✓") + " PrivateNetwork=", "Overall exposure level");
  }

  @Test
  void theUserIsMadeAsTheServiceWantsIt() throws Exception {
    String user = setting("User") + ":";
    Path etc = Files.createDirectories(folder.resolve("root/etc"));
    Programs.Ended made =
        Programs.run(
            Programs.installed("systemd-sysusers"),
            "--root=" + etc.getParent(),
            UNITS.resolve("sysusers.conf").toString());
    assertThat(made.status()).as(made.output()).isZero();
    assertThat(Files.readAllLines(etc.resolve("passwd")))
        .filteredOn(line -> line.startsWith(user))
        .singleElement()
        .asString()
        .contains(":/var/lib/" + setting("StateDirectory") + ":");
  }

  @Test
  void itIsStartedForItsSocketWhichOutlivesIt() throws Exception {
    Path log = folder.resolve("log");
    try (Activator systemd = Activator.start(command(), state, log);
        Talk first = Talk.connected(systemd.port())) {
      long server = systemd.started();
      first.hears("220 ").says("EHLO client.test").hears("250 ");
      first.begun("a@b.org", "c@d.org").sends(MAIL).hears("250 ");
      first.begun("a@b.org", "c@d.org").sends("Subject: late\r\n");
      try (Talk idle = Talk.greeted(systemd.port())) {
        signal("TERM", server);
        idle.hears("421 4.3.2 ");
      }
      try (Talk early = Talk.connected(systemd.port())) { // it waits for the next one
        first.sends("\r\n.\r\n").hears("250 2.0.0 Stored as ").hears("421 4.3.2 ");
        assertThat(systemd.status()).isEqualTo(Integer.parseInt(setting("SuccessExitStatus")));
        assertThat(Files.readString(log))
            .containsSubsequence("Listening on ", "accepted session=", "accepted session=");
        server = systemd.started();
        early.hears("220 ").says("EHLO client.test").hears("250 ");
        early.begun("a@b.org", "c@d.org").sends(MAIL).hears("250 ");
      }
      signal("TERM", server);
      assertThat(systemd.status()).isEqualTo(143);
    }
    List<Path> mails = new Mails(state.resolve("mail")).stored();
    assertThat(mails).hasSize(3);
    if (isRoot()) {
      assertThat(Files.getAttribute(mails.get(0), "unix:uid")).isEqualTo(USER);
    }
  }

  @Test
  void theDropInListensOnThreePorts() throws Exception {
    String[] arguments = arguments("several-ports.conf");
    Serve serve = new Serve(new Console(System.out, System.err), folder);
    Converters.register(new CommandLine(serve))
        .parseArgs(Arrays.copyOfRange(arguments, 1, arguments.length));
    serve.server.listen.check();
    assertThat(serve.server.listen.kinds()).containsExactly("SMTP", "submission", "submissions");
    assertThat(serve.server.listen.listeners(true, false, true))
        .extracting(listener -> Welcome.text(listener.address()))
        .containsExactly("[0:0:0:0:0:0:0:0]:25", "[0:0:0:0:0:0:0:0]:587", "[0:0:0:0:0:0:0:0]:465");
  }

  @Test
  void systemdsOwnToolStartsIt() throws Exception {
    Path socket = folder.resolve("s");
    List<String> command = new ArrayList<>();
    command.add(Programs.installed("systemd-socket-activate"));
    command.addAll(List.of("--inetd", "-l", socket.toString()));
    command.addAll(command());
    Path log = folder.resolve("log");
    Process process = started(command, state, log);
    try {
      Awaitility.await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> Files.readString(log).contains("Listening on " + socket));
      ByteArrayOutputStream said = new ByteArrayOutputStream();
      Console console = new Console(new PrintStream(said, true), new PrintStream(said, true));
      assertThat(Main.run(console, folder, "load", "unix:" + socket, "--quiet"))
          .as(said + Files.readString(log))
          .isZero();
      assertThat(new Mails(state.resolve("mail")).stored()).hasSize(1);
      signal("TERM", process.pid());
      assertThat(process.waitFor(Programs.PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isEqualTo(143);
    } finally {
      process.destroyForcibly();
    }
  }

  /** The unit with the program of these sources, under a name of the test's folder. */
  private Path adapted(String unit, String name) throws IOException {
    Path copy = folder.resolve(name);
    Files.createDirectories(copy.getParent());
    String text = Files.readString(UNITS.resolve(unit));
    return Files.writeString(copy, text.replace(PROGRAM, ROOT.resolve("simplesmtp").toString()));
  }

  /** What the service runs, from the classes under test, as shut in as this system allows. */
  private List<String> command() throws Exception {
    List<String> program = Programs.simplesmtp(arguments("simplesmtp.service"));
    List<String> command = new ArrayList<>();
    command.addAll(List.of(Programs.installed("python3"), "-c", WITHOUT_SOCKETS));
    if (isRoot()) {
      String unshare = Programs.installed("unshare");
      if (Programs.run(unshare, "--net", "true").status() == 0) {
        command.addAll(List.of(unshare, "--net"));
      }
      command.addAll(List.of(Programs.installed("setpriv"), "--no-new-privs", "--clear-groups"));
      command.addAll(List.of("--reuid=" + USER, "--regid=" + USER, "--bounding-set=-all"));
      program.set(program.indexOf("-cp") + 1, readableForAll());
      List<String> tried = new ArrayList<>(command);
      tried.addAll(List.of(program.get(0), "-version"));
      assumeTrue(
          Programs.run(tried.toArray(String[]::new)).status() == 0,
          "skipped: this Java is not for other users");
    }
    command.addAll(program);
    return command;
  }

  /** A copy of the class path of the program. */
  private String readableForAll() throws IOException {
    Path copy = Files.createDirectory(folder.resolve("classes"));
    List<String> entries = new ArrayList<>();
    for (Class<?> one :
        List.of(
            Start.class,
            io.simplesmtp.Reply.class,
            picocli.CommandLine.class,
            org.apache.commons.codec.digest.Crypt.class,
            org.HdrHistogram.Histogram.class)) {
      Path from = Path.of(one.getProtectionDomain().getCodeSource().getLocation().getPath());
      Path to = copy.resolve(entries.size() + "-" + from.getFileName());
      try (Stream<Path> files = Files.walk(from)) {
        for (Path file : files.toList()) {
          Files.copy(file, to.resolve(from.relativize(file).toString()).normalize());
        }
      }
      entries.add(to.toString());
    }
    return String.join(":", entries);
  }

  private static boolean isRoot() throws Exception {
    return Programs.run(Programs.installed("id"), "-u").output().equals("0\n");
  }

  private static void signal(String name, long process) throws Exception {
    String[] kill = {Programs.installed("kill"), "-s", name, Long.toString(process)};
    assertThat(Programs.run(kill).status()).isZero();
  }

  private static String setting(String name) throws IOException {
    return setting("simplesmtp.service", name);
  }

  /** The last value, which is the one that counts. */
  private static String setting(String unit, String name) throws IOException {
    return Files.readAllLines(UNITS.resolve(unit)).stream()
        .filter(line -> line.startsWith(name + "="))
        .map(line -> line.substring(name.length() + 1))
        .reduce((before, last) -> last)
        .orElseThrow();
  }

  /** What the program is called with. */
  private static String[] arguments(String unit) throws IOException {
    String[] start = setting(unit, "ExecStart").split(" ", -1);
    assertThat(start[0]).isEqualTo(PROGRAM);
    return Arrays.copyOfRange(start, 1, start.length);
  }

  private static Process started(List<String> command, Path folder, Path log) throws IOException {
    return new ProcessBuilder(command)
        .directory(folder.toFile())
        .redirectErrorStream(true)
        .redirectOutput(log.toFile())
        .start();
  }
}
