package io.simplesmtp.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.simplesmtp.MailDataException;
import io.simplesmtp.Reply;
import java.io.IOException;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A client that closes its way out and listens on hears all it has asked for, and no more. */
class HalfCloseTest {

  private static final String MESSAGE =
      "MAIL FROM:<a@b.org>\r\nRCPT TO:<c@d.org>\r\nDATA\r\nHi\r\n.\r\n";

  private final Queue<Throwable> lost = new ConcurrentLinkedQueue<>();

  @Test
  void behindCommandsTheirRepliesAreHeard() throws Exception {
    try (TestServer server = start();
        Client client = Client.greeted(server.port())) {
      client.sends("NOOP\r\nMAIL FROM:<a@b.org>\r\nRCPT TO:<c@d.org>\r\n").ends();
      client.hears("250 2.0.0 ").hears("250 2.1.0 ").hears("250 2.1.5 ").hearsTheEnd();
      assertThat(server.awaitEnded(1)).containsValue(CloseCause.CLIENT_GONE);
    }
  }

  @Test
  void behindAMessageItsReplyIsHeard() throws Exception {
    try (TestServer server = start();
        Client client = Client.greeted(server.port())) {
      client.begun().sends("Hi\r\n.\r\n").ends().hears("250 2.0.0 OK").hearsTheEnd();
      assertThat(server.messages()).containsExactly("accepted");
    }
  }

  @Test
  void behindAWholeSessionAllRepliesAreHeard() throws Exception {
    try (TestServer server = start();
        Client client = Client.connect(server.port())) {
      client.hears("220 ").sends("EHLO client.test\r\n" + MESSAGE + "QUIT\r\n").ends();
      client.hears("250 ").hears("250 ").hears("250 ").hears("354 ");
      client.hears("250 2.0.0 OK").hears("221 ").hearsTheEnd();
      assertThat(server.awaitEnded(1)).containsValue(CloseCause.QUIT);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Hi", "Hi\r\n", "Hi\r\n.", "Hi\r\n.\r"})
  void withinMailDataThereIsNoMessage(String part) throws Exception {
    try (TestServer server = start();
        Client client = Client.greeted(server.port())) {
      client.begun().sends(part).ends().hearsTheEnd();
      assertThat(server.awaitEnded(1)).containsValue(CloseCause.CLIENT_GONE);
      assertThat(server.messages()).containsExactly("refused");
      assertThat(lost).singleElement().isInstanceOf(MailDataException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"BDAT 10 LAST\r\nHi\r\n", "BDAT 4\r\nHi\r\n", "BDAT 10\r\nHi"})
  void withinChunksThereIsNoMessage(String part) throws Exception {
    try (TestServer server = start();
        Client client = Client.greeted(server.port())) {
      client.says("MAIL FROM:<a@b.org>").hears("250 ").says("RCPT TO:<c@d.org>").hears("250 ");
      client.sends(part).ends();
      if (part.startsWith("BDAT 4")) {
        client.hears("250 ");
      }
      client.hearsTheEnd();
      server.awaitEnded(1);
      assertThat(server.messages()).containsExactly("refused");
      assertThat(lost).singleElement().isInstanceOf(MailDataException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"NOO", "NOOP", "NOOP\r", "AUTH LOGIN\r\nYQ="})
  void withinALineNothingIsCarriedOut(String part) throws Exception {
    try (TestServer server = start();
        Client client = Client.greeted(server.port())) {
      client.sends(part).ends();
      if (part.startsWith("AUTH")) {
        client.hears("334 ");
      }
      client.hearsTheEnd();
      assertThat(server.awaitEnded(1)).containsValue(CloseCause.CLIENT_GONE);
    }
  }

  @ParameterizedTest
  @CsvSource({"TLSv1.3, true", "TLSv1.3, false", "TLSv1.2, false"})
  void underTlsRepliesAreHeardToo(String protocol, boolean isInOrder) throws Exception {
    try (TestServer server = start();
        Client client = secured(server, protocol)) {
      client.sends(MESSAGE);
      var unused = isInOrder ? client.endsTls() : client.ends();
      client.hears("250 ").hears("250 ").hears("354 ").hears("250 2.0.0 OK").hearsTheEnd();
      assertThat(server.messages()).containsExactly("accepted");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void tlsThatIsCutShortWithinMailDataIsNoMessage(String protocol) throws Exception {
    try (TestServer server = start();
        Client client = secured(server, protocol)) {
      client.begun().sends("Hi\r\n").ends().hearsTheEnd();
      server.awaitEnded(1);
      assertThat(server.messages()).containsExactly("refused");
    }
  }

  /** As with CVE-2026-45185. */
  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void octetsInClearBehindTheEndOfTlsAreNoContent(String protocol) throws Exception {
    try (TestServer server = start();
        Client client = secured(server, protocol)) {
      client.says("MAIL FROM:<a@b.org>").hears("250 ").says("RCPT TO:<c@d.org>").hears("250 ");
      client.sends("BDAT 10 LAST\r\nHi\r\n").endsTls().sendsRaw("Bye!\r\n" + MESSAGE);
      client.hearsTheEnd();
      server.awaitEnded(1);
      assertThat(server.messages()).containsExactly("refused");
      assertThat(lost).singleElement().isInstanceOf(MailDataException.class);
      try (Client good = secured(server, protocol)) {
        good.begun().sends("Hi\r\n.\r\n").hears("250 2.0.0 OK").says("QUIT").hears("221 ");
      }
    }
  }

  private TestServer start() throws IOException {
    SmtpHandler handler =
        (session, envelope, content) -> {
          try {
            content.readAllBytes();
            return Reply.OK;
          } catch (IOException e) {
            lost.add(e);
            throw e;
          }
        };
    return new TestServer(
        SmtpServer.builder()
            .listen(TestServer.loopback().withAuthWithoutTls(true))
            .tls(TlsConfig.selfSigned("mx.test"))
            .passwords((session, user, password) -> Optional.empty())
            .handler(handler));
  }

  private static Client secured(TestServer server, String protocol) throws Exception {
    Client client = Client.greeted(server.port()).says("STARTTLS").hears("220 ");
    return client.secures(protocol).says("EHLO client.test").hears("250 ");
  }
}
