package io.simplesmtp.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.simplesmtp.app.load.Login;
import io.simplesmtp.server.Auth;
import io.simplesmtp.server.Listener;
import io.simplesmtp.server.SmtpServer;
import io.simplesmtp.server.TlsConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** A load that goes under TLS and authenticates. */
class LoadAccessTest {

  private static final String PASSWORD = "s\u00e9cret";

  private final Collector collector = new Collector();

  @TempDir Path folder;
  private Path certificate = Path.of("");
  private Path password = Path.of("");
  private @Nullable SmtpServer running;

  @BeforeEach
  void start() throws Exception {
    certificate = folder.resolve("cert.pem");
    TlsConfig.writeSelfSigned("127.0.0.1", certificate, folder.resolve("key.pem"));
    password = Files.writeString(folder.resolve("password"), PASSWORD + "\nmore\n");
    running =
        SmtpServer.builder()
            .hostname("mx.test")
            .tls(TlsConfig.fromPem(certificate, folder.resolve("key.pem")))
            .passwords((session, user, given) ->
                given.equals(PASSWORD) ? Optional.of(user) : Optional.empty())
            .listen(Listener.smtp(Collector.anyPort()).withAuth(Auth.NONE))
            .listen(Listener.submission(Collector.anyPort()))
            .listen(Listener.submissions(Collector.anyPort()))
            .listen(
                Listener.smtp(Collector.anyPort()).withAuth(Auth.REQUIRED).withAuthWithoutTls(true))
            .handler(collector)
            .start();
  }

  @AfterEach
  void stop() {
    Objects.requireNonNull(running).close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "--pipelined", "--messages-per-connection 2", "--size 100K"})
  void startTlsWithACertificateOfItsOwn(String flags) {
    Loaded loaded =
        Loaded.with(
            port(0),
            ("--json --sessions 3 --messages 20 --starttls --ca-file " + certificate + " " + flags)
                .strip());
    loaded.ends(20, 0);
    assertThat(loaded.status()).isZero();
    assertThat(loaded.replies(220)).isEqualTo(2 * loaded.number("connections"));
    assertThat(collector.all()).hasSize(20);
  }

  @ParameterizedTest
  @CsvSource({
    "'',its certificate does not pass: ",
    "--tls-name mx.test --ca-file CERT,its certificate does not pass: "
  })
  void aCertificateThatNobodyVouchesForIsNotTaken(String flags, String line) {
    String trust = flags.replace("CERT", certificate.toString());
    for (String mode : new String[] {"--starttls", "--tls"}) {
      int port = port(mode.equals("--tls") ? 2 : 0);
      String more = mode.equals("--tls") ? " --user ann --password-file " + password : "";
      assertThat(Loaded.with(port, (mode + more + " " + trust).strip()).complaint()).contains(line);
    }
    assertThat(collector.all()).isEmpty();
  }

  @Test
  void insecureTakesAnyCertificate() {
    Loaded.with(port(0), "--json --starttls --insecure").ends(1, 0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "--sasl PLAIN", "--sasl login --pipelined"})
  void theRightPasswordIsLetIn(String flags) {
    String login = " --json --messages 3 --user ann --password-file " + password;
    String trust = " --ca-file " + certificate + " " + flags;
    Loaded.with(port(1), ("--starttls" + login + trust).strip()).ends(3, 0);
    Loaded.with(port(2), ("--tls" + login + trust).strip()).ends(3, 0);
    Loaded clear = Loaded.with(port(3), ("--auth-without-tls" + login + " " + flags).strip());
    clear.ends(3, 0);
    assertThat(clear.replies(235)).isEqualTo(1);
    assertThat(collector.all()).hasSize(9);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PLAIN", "LOGIN"})
  void aWrongPasswordEndsItAndIsNotShown(String mechanism) throws Exception {
    Files.writeString(password, "unmistakable");
    Loaded loaded =
        Loaded.with(
            port(3),
            "--sessions 4 --messages 9 --auth-without-tls --user ann --sasl "
                + mechanism
                + " --password-file "
                + password);
    assertThat(loaded.complaint())
        .contains(": AUTH " + mechanism + ": 535 5.7.8 ")
        .doesNotContain("unmistakable");
    assertThat(collector.all()).isEmpty();
  }

  @Test
  void aServerThatOffersNoAuthIsNamed() {
    String flags = "--user ann --auth-without-tls --password-file " + password;
    assertThat(Loaded.with(port(0), flags).complaint()).endsWith("it does not offer AUTH");
  }

  @Test
  void aServerThatOffersAnotherMechanismIsNamed() throws Exception {
    try (ScriptedServer other =
        new ScriptedServer("220 mx.test", "250-mx.test\r\n250-AUTH=GSSAPI\r\n250 SIZE")) {
      String flags = "--user ann --auth-without-tls --password-file " + password;
      assertThat(Loaded.with(other.port(), flags).complaint())
          .endsWith("of AUTH it offers only GSSAPI");
    }
  }

  @Test
  void aServerThatGoesOnInClearAfterStartTlsIsLeft() throws Exception {
    try (ScriptedServer other =
        new ScriptedServer(
            "220 mx.test", "250-mx.test\r\n250 STARTTLS", "220 go\r\n250 injected")) {
      assertThat(Loaded.with(other.port(), "--starttls --insecure").complaint())
          .endsWith("the server sent octets in clear after STARTTLS");
    }
  }

  @Test
  void thePasswordIsThatOfTheFileOrElseOfTheEnvironment() {
    Map<String, String> environment = Map.of(LoginFlags.VARIABLE, "from the environment");
    assertThat(login("--user", "ann").login(true, environment).map(Login::password))
        .hasValue("from the environment");
    assertThat(
            login("--user", "ann", "--password-file", password.toString())
                .login(true, environment)
                .map(Login::password))
        .hasValue(PASSWORD);
    assertThat(login("--user", "ann").login(true, environment).orElseThrow().toString())
        .contains("ann")
        .doesNotContain("environment");
  }

  private int port(int listener) {
    return Objects.requireNonNull(running).port(listener);
  }

  private static LoginFlags login(String... flags) {
    Load load = new Load(new Console(System.out, System.err), Map.of());
    String[] all = new String[flags.length + 1];
    all[0] = "mx.test";
    System.arraycopy(flags, 0, all, 1, flags.length);
    Converters.register(new CommandLine(load)).parseArgs(all);
    return load.login;
  }
}
