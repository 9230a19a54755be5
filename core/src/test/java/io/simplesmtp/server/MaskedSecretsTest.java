package io.simplesmtp.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.simplesmtp.Reply;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A password that a client sends in a wrong way is masked all the same. */
class MaskedSecretsTest {

  private static final String SECRET = "AGFubgBzZWNyZXQ=";

  private final Queue<String> lines = new ConcurrentLinkedQueue<>();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "AUTH PLAIN " + SECRET,
        "auth  plain " + SECRET,
        " AUTH PLAIN " + SECRET,
        "\tAuth PLAIN " + SECRET,
        "AUTH\tPLAIN " + SECRET,
        "AUTH=PLAIN " + SECRET,
        "AUTHPLAIN " + SECRET,
        "AUTH PLAIN\r\n" + SECRET,
        "AUTH=PLAIN\r\n" + SECRET,
        "AUTH LOGIN\r\n" + SECRET + "\r\n" + SECRET,
        "AUTH " + SECRET,
        "AUTH AGFUBGBZ",
        "EHLO x\nAUTH PLAIN " + SECRET,
        "NOOP x\rAUTH PLAIN " + SECRET,
        "MAIL FROM:<a@b.org\nAUTH PLAIN " + SECRET,
        "XX AUTH PLAIN " + SECRET,
        "AUTH LOGIN\r\nRSET\r\n" + SECRET,
        "AUTH LOGIN\r\nNOOP\r\nHELP\r\n" + SECRET,
        "AUTH LOGIN\r\nHELP " + SECRET,
        "AUTH LOGIN\r\nVRFY " + SECRET,
        "AUTH LOGIN\r\nEXPN " + SECRET,
        "AUTH LOGIN\r\nNOOP " + SECRET,
        "AUTH LOGIN\r\nRCPT " + SECRET,
        "XAUTH PLAIN " + SECRET,
        "AUTG\bH PLAIN " + SECRET,
        "AUTG\u007fH PLAIN\r\n" + SECRET,
        "ATUH PLAIN " + SECRET,
        "ATUH LOGIN\r\n" + SECRET + "\r\nNOOP " + SECRET,
        "LOGIN ann " + SECRET,
        "USER ann\r\nPASS " + SECRET,
        "NOOP AUTH PLAIN " + SECRET,
        "HELP AUTH\r\nNOOP " + SECRET,
        "NOOP a\b\r\nNOOP " + SECRET,
        "RCPT TO:<a@b.org> A\0UTH PLAIN " + SECRET,
        "ATUH LOGIN\r\nXCLIENT LOGIN=" + SECRET,
      })
  void inWhateverFormAuthComes(String said) throws IOException {
    try (WatchedServer server = start();
        Client client = Client.greeted(server.port())) {
      client.says(said).says("NOOP");
      String reply = client.line();
      while (!reply.equals("250 2.0.0 OK")) {
        assertThat(reply).doesNotStartWith("3");
        reply = client.line();
      }
    }
    assertThat(lines)
        .noneMatch(line -> line.toUpperCase(Locale.ROOT).contains("AGFUBGBZ"))
        .anyMatch(l -> l.contains("***"));
  }

  @Test
  void behindALineThatWasTooLongToKeep() throws IOException {
    try (WatchedServer server = start();
        Client client = Client.greeted(server.port())) {
      client.says("AUTH LOGIN " + "A".repeat(13_000)).hears("500 ");
      client.says(SECRET).hears("500 ").says("MAIL FROM:<a@b.org>").hears("250 ");
      client.says("AUTO").hears("500 ");
    }
    assertThat(lines)
        .noneMatch(line -> line.contains(SECRET))
        .contains("(line too long)", "***", "AUTO");
  }

  @Test
  void behindALineThatWasTooLongToShow() throws IOException {
    try (WatchedServer server = start();
        Client client = Client.greeted(server.port())) {
      client.says("MAIL FROM:<" + "a".repeat(600) + " AUTH PLAIN").hears("501 ");
      client.says("NOOP " + SECRET).hears("250 ");
    }
    assertThat(lines).noneMatch(line -> line.contains(SECRET)).contains("NOOP ***");
  }

  /** It ends the session, as the client seems to speak something else, or to send a chunk. */
  @ParameterizedTest
  @ValueSource(strings = {"GET ", "Password: ", "bDAt", "BDAT0"})
  void inALineThatLooksLikeSomethingElse(String begin) throws IOException {
    try (WatchedServer server = start();
        Client client = Client.greeted(server.port())) {
      client.says("AUTH LOGIN").hears("538 ").says(begin + SECRET).hears("421 ");
    }
    assertThat(lines).noneMatch(line -> line.contains(SECRET)).anyMatch(l -> l.endsWith("***"));
  }

  @Test
  void whatIsNoSecretIsShown() throws IOException {
    try (WatchedServer server = start();
        Client client = Client.greeted(server.port())) {
      client.says("HELP AUTH").hears("214 ").says("MAIL FROM:<a b>").hears("501 ");
      client.says("EHLO b.test").hears("250 ").says("AUTO PLAIN").hears("500 ");
      client.says("NOOP").hears("250 ");
    }
    assertThat(lines).containsSubsequence("HELP AUTH", "AUTO ***", "NOOP");
  }

  /** AUTH is not accepted in clear here, which a client in a hurry does not notice. */
  private WatchedServer start() throws IOException {
    return new WatchedServer(
        SmtpServer.builder()
            .listen(TestServer.loopback())
            .tls(TlsConfig.selfSigned("mx.test"))
            .passwords((session, user, password) -> Optional.empty())
            .events(
                new ServerEvents() {
                  @Override
                  public void command(Session session, String line) {
                    lines.add(line);
                  }
                })
            .handler((session, envelope, content) -> Reply.OK));
  }
}
