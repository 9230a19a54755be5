package io.simplesmtp.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.simplesmtp.Reply;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NoLookUpTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a@example.org",
        "a@[192.0.2.1]",
        "a@[IPv6:2001:db8::1]",
        "a@[IPv6:.:1]",
        "a@[IPv6:example.org:1]",
        "a@[1.2.3]",
        "a@[tag:example.org]",
        "@relay.example.org:a@example.org"
      })
  void noNameOfTheClientsIsLookedUp(String path) throws Exception {
    SmtpServer.Builder settings =
        SmtpServer.builder()
            .listen(TestServer.loopback())
            .tls(TlsConfig.selfSigned("mx.test"))
            .passwords((session, user, password) -> Optional.of(user))
            .handler(TestServer.discard());
    try (TestServer server = new TestServer(settings);
        Client client = Client.connect(server.port())) {
      client.hears("220 ").says("EHLO client.example.org").hears("250 ");
      client.says("STARTTLS").hears("220 ").secures("TLSv1.3");
      client.says("EHLO [IPv6:.:1]").hears("250 ");
      client.says("MAIL FROM:<" + path + ">").line();
      client.says("RCPT TO:<" + path + ">").line();
      client.says("VRFY " + path).hears("252 ");
      client.says("QUIT").hears("221 ");
      assertThat(LookUps.byServers()).isEmpty();
    }
  }

  @Test
  void aHandlerMayLookUp() throws Exception {
    SmtpHandler curious =
        (session, envelope, content) ->
            Reply.ok(session.connection().clientAddress().orElseThrow().getCanonicalHostName());
    try (TestServer server = TestServer.of(curious);
        Client client = Client.greeted(server.port())) {
      client.begun().sends(".\r\n").hears("250 2.0.0 ");
      assertThat(LookUps.byServers()).isNotEmpty();
      LookUps.forget();
    }
  }
}
