package io.simplesmtp.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.simplesmtp.Mailbox;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FlagsTest {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Console console =
      new Console(new PrintStream(out, true), new PrintStream(err, true));

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "--listen 2525|--listen",
        "--listen :2525|--listen",
        "--listen 127.0.0.1|--listen",
        "--listen 127.0.0.1:|--listen",
        "--listen 127.0.0.1:65536|65535",
        "--listen ::1:2525|[::1]:2525",
        "--submission 127.0.0.1:x --auth a:b|--submission",
        "--submissions nowhere --auth a:b|--submissions",
        "--submission 127.0.0.1:0|--auth",
        "--submissions 127.0.0.1:0|--auth",
        "--submissions 127.0.0.1:0 --auth a:b --no-tls|--no-tls",
        "--submission 127.0.0.1:0 --auth a:b --no-tls|--auth-without-tls",
        "--auth-without-tls|--auth",
        "--hostname a..b|--hostname",
        "--hostname [1.2.3]|--hostname",
        "--banner ä|--banner",
        "--banner|--banner",
        "--tls-cert cert.pem|--tls-key",
        "--tls-key key.pem|--tls-cert",
        "--tls-cert none.pem --tls-key none.pem|none.pem",
        "--tls-cert c.pem --tls-key k.pem --no-tls|--no-tls",
        "--auth ann|--auth",
        "--auth :secret|--auth",
        "--auth ann:|--auth",
        "--auth ann:a --auth ann:b|twice",
        "--auth-file none.txt|none.txt",
        "--max-size 0|--max-size",
        "--max-size 25T|25M",
        "--max-size 9999999999999999G|--max-size",
        "--max-recipients 0|--max-recipients",
        "--max-recipients 2147483648|--max-recipients",
        "--max-connections -1|--max-connections",
        "--max-connections-per-client many|--max-connections-per-client",
        "--timeout 60|60s",
        "--timeout 0s|--timeout",
        "--timeout P366D|365 days",
        "--timeout 9000h|365 days",
        "--timeout PT-1S|--timeout",
        "--reject-recipient *x|regular expression",
        "--reject-recipient =550|regular expression",
        "--reject-recipient x=250|4xx or 5xx",
        "--reject-recipient x=354|4xx or 5xx",
        "--reject-recipient a=55O|begins like a reply",
        "--reject-recipient a=550-x|begins like a reply",
        "--reject-recipient a=45|begins like a reply",
        "--tls-cert  --tls-key k.pem|--tls-cert",
        "--tls-cert c.pem --tls-key |--tls-key",
        "--auth-file |--auth-file",
        "--accept-domain a@b|--accept-domain",
        "--listen 127.0.0.1:0 --debug=maybe|--debug",
        "--hostname a.org --hostname b.org|--hostname",
        "--listen unix:|no path",
        "--lmtp 2525|unix:PATH",
        "--lmtp 127.0.0.1:25|25",
        "--proxy-protocol 10.0.0.0/33|10.0.0.0/33",
        "--proxy-protocol 10.0.0.1/8|behind the prefix",
        "--proxy-protocol 10.0.0.0/8 --listen unix:/nowhere/s|HOST:PORT",
        "--xclient localhost|is no network",
        "--xclient 10.0.0.0/8 --lmtp unix:/nowhere/s|HOST:PORT",
        "--tls-client-ca none.pem|none.pem",
        "--tls-client-ca none.pem --no-tls|--no-tls",
        "--sni a.org=cert.pem|HOST=CERT,KEY",
        "--sni cert.pem,key.pem|HOST=CERT,KEY",
        "--sni a.org=none.pem,none.key|none.pem",
        "--sni a.org=none.pem,none.key --no-tls|--no-tls",
        "--tls-provider none.jar|none.jar",
        "--tls-provider none.jar#a.B|none.jar",
        "--tls-provider |--tls-provider",
        "--tls-provider none.jar --no-tls|--no-tls",
        "--sasl PLAIN|nobody can authenticate",
        "--sasl PLAIN,plain --auth a:b|twice",
        "--sasl PLAIN, --auth a:b|none of EXTERNAL",
        "--sasl PLAIN --sasl LOGIN --auth a:b|--sasl",
        "--sasl PLAIN,CRAM-MD5 --auth a:b|CRAM-MD5",
        "--sasl EXTERNAL --auth a:b|--tls-client-ca",
        "--sasl SCRAM-SHA-256-PLUS --auth a:b --no-tls|--no-tls",
        "--sasl SCRAM-SHA-256 --auth a:\u0378|for every user",
        "--greet-delay 301s|5m",
        "--greet-delay 0s|--greet-delay",
        "--greet-delay 5|--greet-delay",
        "--rate 100|100/1h",
        "--rate 0/1h|at least 1",
        "--rate 1000001/1h|1000000",
        "--rate 100/h|--rate",
        "--rate 100/|--rate",
        "--memory 0|--memory",
        "--memory half|26214400 or 25M",
        "--memory 1M --memory 2M|--memory",
        "--listen inherited --listen inherited|'inherited' is one socket",
        "--listen inherited --submission inherited --auth a:b|'inherited' is one socket",
        "--lmtp inherit|nor inherited",
        "--no-such-flag|--no-such-flag",
        "argument|argument",
      })
  void aWrongFlagIsOneLineAndStatusTwo(String flags, String named) {
    assertThat(serve(flags.split(" ", -1))).isEqualTo(2);
    assertThat(lines()).hasSize(1);
    assertThat(lines().get(0)).startsWith("simplesmtp: ").contains(named);
    assertThat(out.toString(StandardCharsets.UTF_8)).isEmpty();
    assertThat(folder.resolve("mail")).doesNotExist();
  }

  @Test
  void scramNeedsAHashOfEveryUser() throws Exception {
    Path users =
        Files.writeString(
            folder.resolve("users.txt"),
            "ann:$5$saltstring$5B8vYYiY.CVt1RlTTf8KbXBH3hsxY/GNooZaBBGWEc8\n");
    assertThat(serve("--auth-file", users.toString(), "--sasl", "SCRAM-SHA-256,PLAIN"))
        .isEqualTo(2);
    assertThat(lines())
        .singleElement()
        .asString()
        .contains(
            "--sasl: SCRAM-SHA-256 needs a hash that begins with SCRAM-SHA-256 for every user");
  }

  @Test
  void aSinkKnowsNoPasswordsForScram() {
    assertThat(run("sink", "--submission", "127.0.0.1:0", "--sasl", "SCRAM-SHA-1")).isEqualTo(2);
    assertThat(lines()).singleElement().asString().contains("--sasl: SCRAM-SHA-1 needs");
  }

  @Test
  void aReplyWithAWrongStatusIsOneLineAndStatusTwo() {
    assertThat(serve("--reject-recipient", "x=550 4.1.1 No")).isEqualTo(2);
    assertThat(lines()).singleElement().asString().contains("wrong reply");
  }

  @Test
  void anEqualsSignThatBelongsToTheExpressionCanBeWrittenSo() {
    assertThat(RecipientRule.parse("^prvs[=]40").pattern()).hasToString("^prvs[=]40");
    assertThat(RecipientRule.parse("^a=b4@").pattern()).hasToString("^a=b4@");
  }

  @ParameterizedTest
  @ValueSource(strings = {"@b\u00fccher\\.example$", "@xn--bcher-kva\\.example$"})
  void aRuleFindsADomainHoweverItIsWritten(String expression) {
    RecipientRule rule = RecipientRule.parse(expression);
    for (String name : List.of("b\u00fccher", "B\u00dcCHER", "bu\u0308cher", "XN--bcher-kva")) {
      assertThat(rule.matches(Mailbox.parse("ann@" + name + ".example"))).as(name).isTrue();
    }
    assertThat(rule.matches(Mailbox.parse("ann@buecher.example"))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"--maildir=", "--maildir"})
  void aMaildirWithoutANameIsOneLineAndStatusTwo(String flag) {
    List<String> arguments = new ArrayList<>(List.of("serve", "--listen", "127.0.0.1:0", flag));
    if (!flag.endsWith("=")) {
      arguments.add("");
    }
    assertThat(run(arguments.toArray(String[]::new))).isEqualTo(2);
    assertThat(lines()).singleElement().asString().contains("--maildir");
  }

  @Test
  void anArgumentThatTheLocaleMangledIsOneLineAndStatusTwo() {
    assertThat(serve("--auth", "ann:gr\ufffd\ufffdn")).isEqualTo(2);
    assertThat(lines())
        .singleElement()
        .asString()
        .startsWith("simplesmtp: ")
        .contains("LC_ALL=C.UTF-8")
        .doesNotContain("gr");
  }

  @Test
  void aSinkHasNoFlagsOfTheMaildir() {
    assertThat(run("sink", "--maildir", "x")).isEqualTo(2);
    assertThat(lines()).singleElement().asString().contains("--maildir");
  }

  @Test
  void aPortInUseIsOneLineAndStatusOne() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String address = "127.0.0.1:" + taken.getLocalPort();
      assertThat(serve("--listen", address, "--no-tls")).isEqualTo(1);
      assertThat(lines()).singleElement().asString().contains(address, "in use");
    }
  }

  @Test
  void anInheritedSocketThatIsNoneIsOneLineAndStatusOne() {
    assertThat(serve("--lmtp", "inherited", "--no-tls")).isEqualTo(1);
    assertThat(lines())
        .containsExactly(
            "simplesmtp: Cannot listen on the inherited socket: Standard input is no socket");
  }

  @Test
  void aMaildirThatIsNoFolderIsOneLineAndStatusOne() throws Exception {
    Path file = Files.createFile(folder.resolve("file"));
    assertThat(run("serve", "--listen", "127.0.0.1:0", "--no-tls", "--maildir", "" + file))
        .isEqualTo(1);
    assertThat(lines()).singleElement().asString().contains("--maildir", file.toString());
  }

  @Test
  void helpNamesEveryFlagAndAloneItIsShortUsage() {
    assertThat(run()).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("Usage: simplesmtp", "serve", "sink");
    assertThat(serve("--help")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("--listen", "--submission=", "--submissions=", "--hostname", "--banner")
        .contains("--maildir", "--tls-cert", "--tls-key", "--no-tls", "--auth=", "--auth-file")
        .contains("--auth-without-tls", "--max-size", "--max-recipients", "--max-connections=")
        .contains("--max-connections-per-client", "--timeout", "--reject-recipient")
        .contains("--accept-domain", "--debug", "in use", "--lmtp", "--proxy-protocol")
        .contains(
            "--xclient",
            "--tls-client-ca",
            "--sni",
            "--tls-provider",
            "--sasl",
            "--greet-delay",
            "--rate",
            "--memory",
            "|inherited");
    assertThat(run("sink", "--help")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("--quiet");
    assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
  }

  @Test
  void theVersionIsTheBuilds() {
    assertThat(run("--version")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8))
        .matches("(?s)simplesmtp \\d+\\.\\d+.* on Java.*");
  }

  private int serve(String... flags) {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("serve", "--maildir", folder.resolve("mail").toString()));
    arguments.addAll(List.of(flags));
    return run(arguments.toArray(String[]::new));
  }

  /** Does not wait for ever if a server starts. */
  private int run(String... arguments) {
    return assertTimeoutPreemptively(
        PATIENCE, () -> Main.run(console, folder.resolve("home"), arguments));
  }

  private List<String> lines() {
    return err.toString(StandardCharsets.UTF_8).lines().toList();
  }
}
