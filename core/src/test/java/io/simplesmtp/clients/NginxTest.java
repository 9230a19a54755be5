package io.simplesmtp.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import io.simplesmtp.server.Session;
import io.simplesmtp.server.Tool;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The mail proxy of nginx in front of our server, which tells its clients with XCLIENT. */
class NginxTest {

  private static final String FROM = "ann@example.org";
  private static final String TO = "bob@example.net";
  private static final String CLIENT = "127.0.0.9";
  private static final Path MODULE = Path.of("/usr/lib/nginx/modules/ngx_mail_module.so");

  @TempDir private Path folder;
  @AutoClose private Mailroom mailroom;

  @BeforeEach
  void open() throws Exception {
    mailroom = new Mailroom(folder);
  }

  @Test
  void tellsTheClientsAddressAndItsUser() throws Exception {
    String program = Daemon.find("nginx");
    assumeTrue(Files.exists(MODULE), "skipped: the mail module of nginx is not installed");
    HttpServer accounts = accounts();
    int port = Daemon.freePort();
    try (Daemon nginx =
        Daemon.start(
            folder,
            List.of(program, "-p", folder.toString(), "-c", settings(accounts, port)),
            port)) {
      curl(port).succeeds();
      Session anonymous = mailroom.take().isFor(FROM, TO).session();
      assertThat(address(anonymous)).isEqualTo(CLIENT);
      assertThat(anonymous.identity()).isEmpty();
      assertThat(anonymous.hello().orElseThrow().name()).isEqualTo("client.test");
      curl(port, "--user", "ann:secret", "--login-options", "AUTH=PLAIN").succeeds();
      Session known = mailroom.take().isFor(FROM, TO).session();
      assertThat(address(known)).isEqualTo(CLIENT);
      assertThat(known.identity().orElseThrow().name()).isEqualTo("ann");
      assertThat(known.identity().orElseThrow().mechanism()).isEqualTo("XCLIENT");
      assertThat(nginx.log()).isEmpty();
    } finally {
      accounts.stop(0);
    }
  }

  private static String address(Session session) {
    assertThat(session.connection().xclient()).isPresent();
    return session.connection().clientAddress().orElseThrow().getHostAddress();
  }

  /** Whom nginx asks about each client: all are let in, and go to the mailroom. */
  private HttpServer accounts() throws IOException {
    HttpServer accounts =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    accounts.createContext(
        "/",
        exchange -> {
          exchange.getResponseHeaders().add("Auth-Status", "OK");
          exchange.getResponseHeaders().add("Auth-Server", Mailroom.HOST);
          exchange.getResponseHeaders().add("Auth-Port", String.valueOf(mailroom.trusting()));
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    accounts.start();
    return accounts;
  }

  private String settings(HttpServer accounts, int port) throws IOException {
    Path settings = folder.resolve("nginx.conf");
    Files.writeString(
        settings,
        """
        load_module %s;
        daemon off;
        master_process off;
        pid %s/nginx.pid;
        error_log %s/nginx.log info;
        events { }
        mail {
          server_name nginx.test;
          auth_http 127.0.0.1:%d/;
          xclient on;
          server {
            listen 127.0.0.1:%d;
            protocol smtp;
            smtp_auth none plain;
          }
        }
        """
            .formatted(MODULE, folder, folder, accounts.getAddress().getPort(), port));
    return settings.toString();
  }

  private Tool.Output curl(int port, String... more) throws Exception {
    String message = Messages.file(folder, Messages.PLAIN);
    List<String> command =
        new ArrayList<>(
            List.of(
                "--silent",
                "--show-error",
                "--interface",
                CLIENT,
                "smtp://" + Mailroom.HOST + ":" + port + "/client.test",
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
