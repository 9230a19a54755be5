package io.simplesmtp.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.simplesmtp.server.ConnectionInfo;
import io.simplesmtp.server.Proxied;
import io.simplesmtp.server.ProxiedTls;
import io.simplesmtp.server.TlsConfig;
import io.simplesmtp.server.Tool;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An HAProxy in front of our server. */
class HaproxyTest {

  private static final String FROM = "ann@example.org";
  private static final String TO = "bob@example.net";

  /** An address of this machine that is not the proxy's. */
  private static final String CLIENT = "127.0.0.9";

  @TempDir private Path folder;
  private Mailroom mailroom;

  @BeforeEach
  void open() throws Exception {
    mailroom = new Mailroom(folder);
  }

  @AfterEach
  void close() {
    mailroom.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"send-proxy", "send-proxy-v2"})
  void tellsTheClientsAddress(String option) throws Exception {
    int port = Daemon.freePort();
    try (Daemon haproxy = haproxy("", option, port)) {
      curl("smtp", port).succeeds();
      ConnectionInfo connection = mailroom.take().isFor(FROM, TO).session().connection();
      assertThat(connection.clientAddress().orElseThrow().getHostAddress()).isEqualTo(CLIENT);
      assertThat(((InetSocketAddress) connection.server()).getPort()).isEqualTo(port);
      Proxied proxied = connection.proxied().orElseThrow();
      assertThat(((InetSocketAddress) proxied.proxy()).getAddress().getHostAddress())
          .isEqualTo(Mailroom.HOST);
      assertThat(((InetSocketAddress) proxied.server()).getPort()).isEqualTo(mailroom.proxied());
      assertThat(proxied.tls()).isEmpty();
      assertThat(haproxy.log()).doesNotContain("ALERT");
    }
  }

  @Test
  void tellsWhatTlsItHasEnded() throws Exception {
    int port = Daemon.freePort();
    Path own = folder.resolve("client.crt");
    Path key = folder.resolve("client.key");
    TlsConfig.writeSelfSigned("client.test", own, key);
    Path both = folder.resolve("haproxy.pem");
    Files.writeString(
        both,
        Files.readString(mailroom.certificate())
            + Files.readString(folder.resolve("mailroom.key")));
    String ssl =
        "ssl crt "
            + both
            + " verify optional ca-file "
            + own
            + " crt-ignore-err all"
            + " ca-ignore-err all";
    String options = "send-proxy-v2 proxy-v2-options ssl,cert-cn,ssl-cipher,authority,unique-id";
    try (Daemon haproxy = haproxy(ssl, options, port)) {
      curl("smtps", port, "--cert", own.toString(), "--key", key.toString()).succeeds();
      Proxied proxied =
          mailroom.take().isSecure(false).session().connection().proxied().orElseThrow();
      ProxiedTls tls = proxied.tls().orElseThrow();
      assertThat(tls.protocol().orElseThrow()).startsWith("TLSv1.");
      assertThat(tls.cipherSuite()).isPresent();
      assertThat(tls.commonName()).contains("client.test");
      assertThat(proxied.uniqueId()).contains("id-" + CLIENT);
      assertThat(proxied.authority()).contains("mx.test");
      assertThat(haproxy.log()).doesNotContain("ALERT");
    }
  }

  @Test
  void itsChecksAreSessionsWithoutMail() throws Exception {
    int port = Daemon.freePort();
    try (Daemon haproxy = haproxy("", "send-proxy-v2 check inter 100", port)) {
      mailroom.awaitEnded(3);
      assertThat(haproxy.log()).doesNotContain("DOWN");
    }
  }

  private Daemon haproxy(String bind, String server, int port) throws IOException {
    Path settings = folder.resolve("haproxy.cfg");
    Files.writeString(
        settings,
        """
        global
          log stdout format raw local0
        defaults
          mode tcp
          log global
          timeout connect 5s
          timeout client 20s
          timeout server 20s
        listen mail
          bind %s:%d %s
          option smtpchk
          unique-id-format id-%%ci
          server mailroom %s:%d %s
        """
            .formatted(Mailroom.HOST, port, bind, Mailroom.HOST, mailroom.proxied(), server));
    String program = Daemon.find("haproxy");
    return Daemon.start(folder, List.of(program, "-db", "-f", settings.toString()), port);
  }

  private Tool.Output curl(String scheme, int port, String... more) throws Exception {
    String message = Messages.file(folder, Messages.PLAIN);
    List<String> command =
        new ArrayList<>(
            List.of(
                "--silent",
                "--show-error",
                "--insecure",
                "--interface",
                CLIENT,
                "--resolve",
                "mx.test:" + port + ":" + Mailroom.HOST,
                scheme + "://mx.test:" + port + "/client.test",
                "--mail-from",
                FROM,
                "--mail-rcpt",
                TO,
                "--upload-file",
                message));
    command.addAll(List.of(more));
    return Tool.find("curl", folder).run(command.toArray(String[]::new));
  }
}
