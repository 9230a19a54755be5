package io.simplesmtp.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.simplesmtp.Envelope;
import io.simplesmtp.Reply;
import io.simplesmtp.auth.ScramCredential;
import io.simplesmtp.auth.ScramHash;
import io.simplesmtp.server.Listener;
import io.simplesmtp.server.SmtpServer;
import io.simplesmtp.server.TlsConfig;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class SubmissionTest {

  @Test
  void usersSendFromTheirOwnAddresses() throws Exception {
    List<Envelope> taken = new CopyOnWriteArrayList<>();
    var users = Map.of("ann", ScramCredential.of(ScramHash.SHA_256, "secret", 4096));
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    TlsConfig tls =
        TlsConfig.selfSigned("mail.example.org")
            .withName("*.example.net", TlsConfig.selfSigned("mail.example.net"));
    try (SmtpServer server =
            new Submission(users)
                .start(
                    Listener.submission(address),
                    tls,
                    (session, envelope, content) -> {
                      content.readAllBytes();
                      taken.add(envelope);
                      return Reply.OK;
                    });
        Client client = Client.greeted(server.port()).startsTls()) {
      client.authenticates("ann", "wrong").hears("535 5.7.8");
      client.authenticates("ann", "secret").hears("235 ");
      client.says("MAIL FROM:<bob@example.org>").hears("550 5.7.1 You may not send");
      client
          .begins("ann@example.org", "carl@elsewhere.org")
          .sends("Hi\r\n.\r\n")
          .hears("554 5.6.0");
      client
          .begins("ann@example.org", "carl@elsewhere.org")
          .sends("From: ann@example.org\r\nDate: Mon, 1 Jan 2024 00:00:00 +0000\r\n\r\nHi\r\n.\r\n")
          .hears("250 ");
      client.says("XFOO").hears("250 2.0.0 Up to 9 foos");
    }
    assertThat(taken).hasSize(1);
  }
}
