package io.simplesmtp.server;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;

class RenegotiationTest {

  @Test
  void isRefused() throws Exception {
    SmtpServer.Builder settings =
        SmtpServer.builder()
            .listen(TestServer.loopback())
            .tls(TlsConfig.selfSigned("mx.test"))
            .handler(TestServer.discard());
    try (TestServer server = new TestServer(settings);
        Client client = Client.greeted(server.port())) {
      client.says("STARTTLS").hears("220 ").secures("TLSv1.2");
      client.says("EHLO client.test").hears("250 ");
      SSLSocket socket = (SSLSocket) client.socket();
      assertThatThrownBy(
              () -> {
                socket.getSession().invalidate();
                socket.startHandshake();
                client.says("NOOP").hears("250 ");
              })
          .isInstanceOf(IOException.class);
      server.awaitEnded(1);
    }
  }
}
