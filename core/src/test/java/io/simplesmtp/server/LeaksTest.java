package io.simplesmtp.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The check that every test of a server ends with sees what it looks for. */
class LeaksTest {

  @TempDir private Path folder;

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
  void theFileOfAnOpenSpoolIsSeen() throws Exception {
    assumeTrue(Files.isDirectory(Path.of("/proc/self/fd")), "skipped: no descriptors in /proc");
    try (Spool spool = Spool.of(new ByteArrayInputStream(new byte[9]), 0, 9, folder)) {
      assertThat(spool.isInMemory()).isFalse();
      assertThat(Leaks.spools()).hasSize(1);
    }
    assertThat(Leaks.spools()).isEmpty();
  }

  @Test
  void theMemoryOfASessionIsSeenAndOfTlsMore() throws Exception {
    SmtpServer.Builder settings =
        SmtpServer.builder()
            .listen(TestServer.loopback())
            .tls(TlsConfig.selfSigned("mx.test"))
            .handler(TestServer.discard());
    try (TestServer server = new TestServer(settings);
        Client client = Client.greeted(server.port())) {
      long inClear = server.server().memory();
      assertThat(inClear).isPositive();
      client.says("STARTTLS").hears("220 ").secures("TLSv1.3").says("NOOP").hears("250 ");
      assertThat(server.server().memory()).isGreaterThan(inClear);
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
