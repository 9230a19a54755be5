package io.simplesmtp.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The check that every test of a server ends with sees what it looks for. */
class LeaksTest {

  @Test
  void theThreadsOfARunningServerAreSeen() throws Exception {
    try (TestServer server = TestServer.of(TestServer.discard());
        Client client = Client.greeted(server.port())) {
      assertThat(Leaks.threads())
          .contains("smtp-accept-" + server.port(), "smtp-deadlines")
          .anySatisfy(name -> assertThat(name).matches("smtp-[a-z0-9]+-1"));
      client.says("QUIT").hears("221 ");
    }
  }

  @Test
  void theSocketsOfARunningServerAreSeen() throws Exception {
    assumeTrue(
        Files.isReadable(Path.of("/proc/self/net/tcp6")), "skipped: no list of sockets in /proc");
    try (TestServer server = TestServer.of(TestServer.discard());
        Client client = Client.greeted(server.port())) {
      assertThat(Leaks.sockets(Set.of(server.port()))).hasSize(2);
      client.says("QUIT").hears("221 ");
    }
  }
}
