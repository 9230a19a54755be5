package io.simplesmtp.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.simplesmtp.Reply;
import io.simplesmtp.app.load.Plan;
import io.simplesmtp.app.load.Progress;
import io.simplesmtp.app.load.TlsMode;
import io.simplesmtp.server.SmtpServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

class LoadFlagsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "--sessions 5|HOST[:PORT]|unix:PATH",
        "a b|Unmatched argument",
        "::1|[::1]:2525",
        "[::1|[::1]:2525",
        "127.0.0.1:|65535",
        "127.0.0.1:99999|65535",
        "unix:|no path",
        "127.0.0.1 --sessions 0|--sessions",
        "127.0.0.1 --sessions 100001|--sessions",
        "127.0.0.1 --messages many|--messages",
        "127.0.0.1 --duration 5|60s",
        "127.0.0.1 --rate 100|100/1h",
        "127.0.0.1 --messages-per-connection 0|--messages-per-connection",
        "127.0.0.1 --size 0|--size",
        "127.0.0.1 --size 100|octets at least",
        "127.0.0.1 --from ann|is no address",
        "127.0.0.1 --to <>|is no address",
        "127.0.0.1 --to b\u00fccher@example.org|ASCII",
        "127.0.0.1 --recipients 0|--recipients",
        "127.0.0.1 --recipients 100001|--recipients",
        "127.0.0.1 --starttls --tls|--starttls",
        "127.0.0.1 --insecure|--starttls",
        "127.0.0.1 --ca-file x.pem|--starttls",
        "127.0.0.1 --tls-name a.org|--starttls",
        "127.0.0.1 --tls --insecure --ca-file x.pem|--ca-file",
        "127.0.0.1 --tls --ca-file none.pem|none.pem",
        "unix:/run/s --starttls|unix:PATH",
        "127.0.0.1 --password-file x|--user",
        "127.0.0.1 --sasl PLAIN|--user",
        "127.0.0.1 --auth-without-tls|--user",
        "127.0.0.1 --user ann --password-file x|--auth-without-tls",
        "127.0.0.1 --tls --user ann --sasl GSSAPI|PLAIN, LOGIN",
        "127.0.0.1 --tls --user ann --password-file none.txt|none.txt",
        "127.0.0.1 --lmtp|--lmtp",
        "127.0.0.1:25 --lmtp|2033",
        "127.0.0.1 --timeout 0s|--timeout",
        "127.0.0.1 --hostname a..b|--hostname",
        "127.0.0.1 --no-such-flag|--no-such-flag",
      })
  void aWrongFlagIsOneLineAndStatusTwo(String arguments, String named) {
    Loaded loaded = Loaded.run(arguments.split(" ", -1));
    assertThat(loaded.status()).as(loaded.err()).isEqualTo(2);
    assertThat(loaded.err()).hasLineCount(1).startsWith("simplesmtp: ").contains(named);
    assertThat(loaded.out()).isEmpty();
  }

  @Test
  void aHostThatIsNotKnownIsOneLineAndStatusOne() {
    String host = "x".repeat(64) + ".test"; // no label is that long, so nobody is asked
    assertThat(Loaded.run(host).complaint())
        .isEqualTo("simplesmtp: the host " + host + " is not known");
  }

  @Test
  void withoutFlagsItIsOneSmallMessageInClear() {
    Plan plan = plan("127.0.0.1");
    assertThat(Welcome.text(plan.target().address())).isEqualTo("127.0.0.1:25");
    assertThat(plan.access().mode()).isEqualTo(TlsMode.NONE);
    assertThat(plan.access().timeout()).isEqualTo(Duration.ofSeconds(30));
    assertThat(plan.mail().size()).isEqualTo(1024);
    assertThat(plan.mail().isPipelined()).isFalse();
    assertThat(plan.pace().sessions()).isEqualTo(1);
    assertThat(plan.pace().messages()).isEqualTo(1);
    assertThat(plan.pace().perConnection()).isEqualTo(Long.MAX_VALUE);
    assertThat(plan.pace().interval()).isZero();
  }

  @Test
  void thePortFitsTheProtocol() {
    assertThat(plan("[::1]", "--tls").target()).hasToString("[::1]:465");
    assertThat(plan("[::1]", "--tls").target().host()).isEqualTo("::1");
    assertThat(plan("[::1]:2525", "--starttls").target()).hasToString("[::1]:2525");
    assertThat(plan("unix:/run/s", "--lmtp").target()).hasToString("unix:/run/s");
  }

  @Test
  void thePaceIsWhatTheFlagsSay() {
    Plan plan = plan("127.0.0.1", "--sessions", "50", "--messages", "7", "--rate", "500/1s");
    assertThat(plan.pace().sessions()).as("no more than messages").isEqualTo(7);
    assertThat(plan.pace().interval()).isEqualTo(2_000_000);
    plan = plan("127.0.0.1", "--duration", "5s", "--messages-per-connection", "3");
    assertThat(plan.pace().messages()).isEqualTo(Long.MAX_VALUE);
    assertThat(plan.pace().duration()).hasValue(Duration.ofSeconds(5));
    assertThat(plan.pace().perConnection()).isEqualTo(3);
  }

  @Test
  void aBarShowsHowFarItIs() {
    assertThat(LoadProgress.line(new Progress(0.5, 2_000_000_000, 5000, 3)))
        .isEqualTo("[###############---------------]  50 %  5,000 accepted, 3 failed, 2,500/s");
    assertThat(LoadProgress.line(new Progress(1, 0, 0, 0))).startsWith("[##########");
  }

  @Test
  void helpNamesEveryFlag() {
    Loaded loaded = Loaded.run("--help");
    assertThat(loaded.status()).isZero();
    assertThat(loaded.out())
        .contains("--sessions", "--messages=", "--duration", "--rate", "--messages-per-connection")
        .contains("--size", "--from", "--to", "--recipients", "--pipelined", "--bdat")
        .contains("--starttls", "--tls ", "--ca-file", "--tls-name", "--insecure")
        .contains("--user", "--password-file", "--sasl", "--auth-without-tls")
        .contains("--lmtp", "--hostname", "--timeout", "--json", "--quiet", "HOST[:PORT]");
  }

  @Test
  void theManualHasEveryFlagAndEveryField() throws Exception {
    Path root = Path.of(System.getProperty("simplesmtp.root", ".."));
    String manual = Files.readString(root.resolve("docs/program.md"));
    String section = manual.replaceAll("(?s).*## Measuring a server(.*?)\n## .*", "$1");
    Load load = new Load(new Console(System.out, System.err), Map.of());
    List<OptionSpec> options =
        Converters.register(new CommandLine(load)).getCommandSpec().options();
    assertThat(options).hasSizeGreaterThan(20);
    for (OptionSpec option : options) {
      String name = option.longestName();
      boolean isCommon = name.equals("--help") || name.equals("--version");
      String written = option.arity().max() == 0 ? name : name + " " + option.paramLabel();
      assertThat(isCommon || section.contains("`" + written + "`")).as(written).isTrue();
    }
    Loaded loaded;
    try (SmtpServer server = Collector.serve((session, envelope, content) -> Reply.OK)) {
      loaded = Loaded.with(server.port(), "--json");
    }
    Set<String> fields = new TreeSet<>(loaded.json().keySet());
    fields.addAll(loaded.json().getAsJsonObject("messageMicros").keySet());
    assertThat(fields).allMatch(field -> section.contains("`" + field + "`"));
  }

  private static Plan plan(String... arguments) {
    Load load = new Load(new Console(System.out, System.err), Map.of());
    Converters.register(new CommandLine(load)).parseArgs(arguments);
    return load.plan();
  }
}
