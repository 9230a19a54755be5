package io.simplesmtp.server;

import org.junit.jupiter.api.Test;

class RefusedClientTest {

  /** The check that no fault was logged is the test server's own. */
  @Test
  void thatResetsIsNoFaultOfTheServers() throws Exception {
    SmtpServer.Builder settings =
        SmtpServer.builder()
            .listen(TestServer.loopback())
            .admission(Admission.DEFAULT.withConnectionsPerClient(1))
            .handler(TestServer.discard());
    try (TestServer server = new TestServer(settings);
        Client only = Client.greeted(server.port())) {
      for (int i = 0; i < 200; i++) {
        Client.connect(server.port()).resets();
      }
      only.begun().sends(".\r\n").hears("250 ").says("QUIT").hears("221 ");
    }
  }
}
