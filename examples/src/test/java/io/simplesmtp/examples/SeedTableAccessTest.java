package io.simplesmtp.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.simplesmtp.server.Auth;
import io.simplesmtp.server.Listener;
import io.simplesmtp.server.SmtpServer;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** The rows of the README's table that are about AUTH and TLS. */
class SeedTableAccessTest {

  private final Printed printed = new Printed();

  @Test
  void requireAuthenticationRefusesMailBeforeAuth() throws Exception {
    try (SmtpServer server = start(Endpoints.requireAuthentication(0));
        Client client = Client.greeted(server.port()).startsTls()) {
      client.says("MAIL FROM:<a@b.org>");
      assertThat(client.reply()).isEqualTo("530 5.7.0 Authentication required");
      client.authenticates("ann@example.org", "secret").hears("235 2.7.0 ");
      client.says("MAIL FROM:<a@b.org>").hears("250 ");
    }
  }

  @Test
  void enableAuthenticationLeavesItToTheClient() throws Exception {
    try (SmtpServer server = start(Endpoints.enableAuthentication(0));
        Client stranger = Client.greeted(server.port());
        Client user = Client.greeted(server.port()).startsTls()) {
      stranger.says("MAIL FROM:<a@b.org>").hears("250 ");
      user.authenticates("ann@example.org", "secret").hears("235 ");
      user.says("MAIL FROM:<a@b.org>").hears("250 ");
    }
  }

  @Test
  void withoutEitherAuthIsNotOffered() throws Exception {
    try (SmtpServer server = start(Endpoints.plain(0).withAuth(Auth.NONE));
        Client client = Client.greeted(server.port()).startsTls()) {
      client.says("EHLO client.test");
      assertThat(client.reply()).doesNotContain("AUTH");
      client.authenticates("ann@example.org", "secret").hears("502 5.5.1 ");
    }
  }

  @Test
  void authMethodsAreThoseThatAreOffered() throws Exception {
    try (SmtpServer both = start(Endpoints.plain(0));
        Client client = Client.greeted(both.port()).startsTls()) {
      client.says("EHLO client.test");
      assertThat(client.reply()).contains("AUTH PLAIN LOGIN");
    }
    try (SmtpServer one = start(settings().mechanisms("LOGIN"), Endpoints.plain(0));
        Client client = Client.greeted(one.port()).startsTls()) {
      client.says("EHLO client.test");
      assertThat(client.reply()).contains("AUTH LOGIN").doesNotContain("PLAIN");
      client.authenticates("ann@example.org", "secret").hears("504 5.5.4 ");
      client.says("AUTH LOGIN").hears("334 ").says(Client.base64("ann@example.org"));
      client.hears("334 ").says(Client.base64("secret")).hears("235 ");
    }
  }

  @Test
  void authorizeUserAnswers235Or535() throws Exception {
    try (SmtpServer server = start(Endpoints.plain(0));
        Client client = Client.greeted(server.port()).startsTls()) {
      client.authenticates("ann@example.org", "guessed").hears("535 5.7.8 ");
      client.authenticates("ann@example.org", "secret").hears("235 2.7.0 ");
    }
  }

  @Test
  void authorizeUserTellsTheHandlerWhoTheUserIs() throws Exception {
    try (SmtpServer server = start(Endpoints.plain(0));
        Client client = Client.greeted(server.port()).startsTls()) {
      client.authenticates("ann@example.org", "secret").hears("235 ");
      client.begins("a@b.org", "bob@example.org").sends("Hi\r\n.\r\n").hears("250 ");
      printed.awaits("<a@b.org> to <bob@example.org> from ann on client.test [127.0.0.1]");
    }
  }

  @Test
  void authorizeUserMayBlockWithoutHoldingOthersUp() throws Exception {
    CountDownLatch answered = new CountDownLatch(1);
    SmtpServer.Builder slow =
        settings()
            .passwords((session, user, password) -> {
              answered.await();
              return WholeTable.authorizeUser(session, user, password);
            });
    try (SmtpServer server = start(slow, Endpoints.ignoreTls(0));
        Client waiting = Client.greeted(server.port());
        Client other = Client.greeted(server.port())) {
      waiting.authenticates("ann@example.org", "secret");
      other.says("NOOP").hears("250 ");
      answered.countDown();
      waiting.hears("235 ");
    }
  }

  @Test
  void anAuthorizeUserThatFailsAnswers454() throws Exception {
    SmtpServer.Builder broken =
        settings()
            .passwords((session, user, password) -> {
              throw new IOException("The directory of users is away");
            });
    try (SmtpServer server = start(broken, Endpoints.ignoreTls(0));
        Client client = Client.greeted(server.port())) {
      client.authenticates("ann@example.org", "secret");
      assertThat(client.reply()).startsWith("454 4.7.0 ").doesNotContain("directory");
    }
  }

  @Test
  void authIsNeitherOfferedNorAcceptedInClear() throws Exception {
    try (SmtpServer server = start(Endpoints.requireAuthentication(0));
        Client client = Client.greeted(server.port())) {
      client.says("EHLO client.test");
      assertThat(client.reply()).contains("STARTTLS").doesNotContain("AUTH");
      client.authenticates("ann@example.org", "secret").hears("538 5.7.11 ");
    }
  }

  @Test
  void ignoreTlsAllowsAuthInClear() throws Exception {
    try (SmtpServer server = start(Endpoints.ignoreTls(0));
        Client client = Client.greeted(server.port())) {
      client.says("EHLO client.test");
      assertThat(client.reply()).contains("AUTH PLAIN LOGIN", "STARTTLS");
      client.authenticates("ann@example.org", "secret").hears("235 ");
    }
  }

  @Test
  void disableStartTlsHidesAndRefusesIt() throws Exception {
    try (SmtpServer server = start(Endpoints.disableStartTls(0));
        Client client = Client.greeted(server.port())) {
      client.says("EHLO client.test");
      assertThat(client.reply()).doesNotContain("STARTTLS");
      client.says("STARTTLS").hears("502 5.5.1 ");
    }
  }

  @Test
  void secureConnectionIsTlsFromTheFirstOctet() throws Exception {
    try (SmtpServer server = start(Endpoints.secureConnection(0));
        Client client = Client.connect(server.port()).secures()) {
      client.hears("220 mx.example.org ").says("EHLO client.test");
      assertThat(client.reply()).doesNotContain("STARTTLS").contains("AUTH PLAIN LOGIN");
      client.begins("a@b.org", "ann@example.org").sends("Hi\r\n.\r\n").hears("250 ");
    }
  }

  @Test
  void aSelfSignedCertificateIsEnoughForStartTls() throws Exception {
    try (SmtpServer server = start(Endpoints.plain(0));
        Client client = Client.greeted(server.port()).startsTls()) {
      client.begins("a@b.org", "ann@example.org").sends("Hi\r\n.\r\n").hears("250 ");
    }
  }

  private SmtpServer.Builder settings() {
    return WholeTable.settings(printed.out());
  }

  private SmtpServer start(Listener listener) throws IOException {
    return start(settings(), listener);
  }

  private static SmtpServer start(SmtpServer.Builder settings, Listener listener)
      throws IOException {
    return settings.listen(listener).start();
  }
}
