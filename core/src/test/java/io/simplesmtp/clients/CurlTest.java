package io.simplesmtp.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.simplesmtp.server.Tool;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CurlTest {

  private static final String FROM = "ann@example.org";
  private static final String TO = "bob@example.net";

  @TempDir private Path folder;
  private Tool curl;
  @AutoClose private Mailroom mailroom;

  @BeforeEach
  void open() throws Exception {
    mailroom = new Mailroom(folder);
    curl = Tool.find("curl", folder);
  }

  @Test
  void sendsInClear() throws Exception {
    send(Messages.DOTS, "smtp", mailroom.port(), to(TO)).succeeds();
    mailroom.take().isFor(FROM, TO).contains(Messages.DOTS).isSecure(false);
  }

  @ParameterizedTest
  @CsvSource({"--tlsv1.3, 1.3, TLSv1.3", "--tlsv1.2, 1.2, TLSv1.2"})
  void sendsAfterStartTls(String least, String most, String protocol) throws Exception {
    send(Messages.DOTS, "smtp", mailroom.port(), to(TO, "--ssl-reqd", least, "--tls-max", most))
        .succeeds();
    mailroom.take().isFor(FROM, TO).contains(Messages.DOTS).isSecure(protocol);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PLAIN", "LOGIN"})
  void authenticatesAfterStartTls(String mechanism) throws Exception {
    String user = Mailroom.USER + ":" + Mailroom.PASSWORD;
    send(
            Messages.DOTS,
            "smtp",
            mailroom.submission(),
            to(TO, "--ssl-reqd", "--user", user, "--login-options", "AUTH=" + mechanism))
        .succeeds();
    mailroom.take().isFor(FROM, TO).contains(Messages.DOTS).isFromUser(mechanism);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PLAIN", "LOGIN"})
  void authenticatesUnderImplicitTls(String mechanism) throws Exception {
    String user = Mailroom.USER + ":" + Mailroom.PASSWORD;
    send(
            Messages.DOTS,
            "smtps",
            mailroom.submissions(),
            to(TO, "--user", user, "--login-options", "AUTH=" + mechanism))
        .succeeds();
    mailroom.take().isFor(FROM, TO).contains(Messages.DOTS).isFromUser(mechanism);
  }

  @Test
  void sendsThePasswordWithItsCommandWhenAsked() throws Exception {
    String user = Mailroom.USER + ":" + Mailroom.PASSWORD;
    send(Messages.PLAIN, "smtp", mailroom.clear(), to(TO, "--user", user, "--sasl-ir")).succeeds();
    mailroom.take().isFor(FROM, TO).isSecure(false).isFromUser("PLAIN");
  }

  @Test
  void saysThatThePasswordIsWrong() throws Exception {
    send(Messages.PLAIN, "smtps", mailroom.submissions(), to(TO, "--user", Mailroom.USER + ":no"))
        .fails("535 5.7.8");
    mailroom.isEmpty();
  }

  @Test
  void saysThatAuthenticationIsRequired() throws Exception {
    send(Messages.PLAIN, "smtp", mailroom.submission(), to(TO, "--ssl-reqd")).fails("530 5.7.0");
    mailroom.isEmpty();
  }

  @Test
  void saysThatARecipientOrTheSenderIsRefused() throws Exception {
    send(Messages.PLAIN, "smtp", mailroom.port(), to("nobody@example.net")).fails("550 5.1.1");
    Tool.Output output =
        curl.run(
            command(Messages.PLAIN, "smtp", mailroom.port(), "spammer@x.org", to(TO))
                .toArray(String[]::new));
    output.fails("550 5.7.1");
    mailroom.isEmpty();
  }

  @Test
  void goesOnWithTheRecipientsThatAreAccepted() throws Exception {
    send(
            Messages.PLAIN,
            "smtp",
            mailroom.port(),
            to("nobody@example.net", "--mail-rcpt", TO, "--mail-rcpt-allowfails"))
        .succeeds()
        .says("550 5.1.1");
    mailroom.take().isFor(FROM, TO).contains(Messages.PLAIN);
  }

  @Test
  void hearsBeforeItSendsThatAMessageIsTooBig() throws Exception {
    Tool.Output output =
        send(Messages.ofSize(Mailroom.MOST_OCTETS + 1), "smtp", mailroom.port(), to(TO));
    output.fails("552 5.3.4");
    assertThat(output.text()).doesNotContain("> DATA");
    mailroom.isEmpty();
  }

  @Test
  void sendsABigMessageUnderTls() throws Exception {
    String big = Messages.ofSize(10 << 20);
    send(big, "smtp", mailroom.port(), to(TO, "--ssl-reqd")).succeeds();
    mailroom.take().isFor(FROM, TO).contains(big).isSecure(true);
  }

  @Test
  void sendsSeveralMessagesOverOneConnection() throws Exception {
    List<String> command = command(Messages.DOTS, "smtp", mailroom.port(), FROM, to(TO));
    command.add("--next");
    command.addAll(command(Messages.PLAIN, "smtp", mailroom.port(), "", to("carl@example.net")));
    curl.run(command.toArray(String[]::new)).succeeds();
    Mailroom.Mail first = mailroom.take().isFor(FROM, TO).contains(Messages.DOTS);
    Mailroom.Mail second = mailroom.take().isFor("<>", "carl@example.net").contains(Messages.PLAIN);
    assertThat(second.session().id()).isEqualTo(first.session().id());
  }

  @Test
  void verifiesAndAsksForHelp() throws Exception {
    String url = "smtp://" + Mailroom.HOST + ":" + mailroom.port();
    curl.run("-sS", url, "--mail-rcpt", "bob").succeeds().says("252 ");
    curl.run("-sS", url, "--request", "HELP").succeeds().says("214 ");
  }

  private static String[] to(String recipient, String... options) {
    List<String> all = new ArrayList<>(List.of("--mail-rcpt", recipient));
    all.addAll(List.of(options));
    return all.toArray(String[]::new);
  }

  private Tool.Output send(String message, String scheme, int port, String... options)
      throws Exception {
    return curl.run(command(message, scheme, port, FROM, options).toArray(String[]::new));
  }

  private List<String> command(
      String message, String scheme, int port, String from, String... options) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                "-sS",
                "-v",
                "--max-time",
                "50",
                "--cacert",
                mailroom.certificate().toString(),
                "--mail-from",
                from,
                "--upload-file",
                Messages.file(folder, message)));
    command.addAll(List.of(options));
    command.add(scheme + "://" + Mailroom.HOST + ":" + port);
    return command;
  }
}
