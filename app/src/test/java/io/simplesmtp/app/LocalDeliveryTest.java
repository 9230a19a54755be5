package io.simplesmtp.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code serve} for a mail server nearby, by LMTP, and over Unix-domain sockets. */
class LocalDeliveryTest {

  @TempDir Path folder;

  @Test
  void pythonDeliversByLmtpOverAUnixSocket() throws Exception {
    String python = Programs.installed("python3");
    Path socket = folder.resolve("lmtp");
    String script =
        """
        import smtplib, sys
        client = smtplib.LMTP(sys.argv[1])
        print(client.sendmail('ann@example.org', ['bob@a.org', 'eve@b.org', 'joe@a.org'],
            'Subject: Hi\\r\\n\\r\\nHello\\r\\n'))
        print(client.noop())
        client.quit()
        """;
    try (Served served =
        Served.with(folder, "--no-tls", "--accept-domain", "a.org", "--lmtp", "unix:" + socket)) {
      Programs.Ended ended = Programs.run(python, "-c", script, socket.toString());
      assertThat(ended.status()).as(ended.output()).isZero();
      assertThat(ended.output().lines())
          .hasSize(2)
          .first()
          .asString()
          .startsWith("{'eve@b.org': (550, ");
      Path message = served.mails().only();
      assertThat(Mails.content(message))
          .asString(StandardCharsets.US_ASCII)
          .isEqualTo("Subject: Hi\r\n\r\nHello\r\n");
      assertThat(Mails.trace(message)).contains("\tby mx.test with LMTP\r\n");
      assertThat(served.out())
          .contains("Listening on unix:" + socket + " (LMTP)")
          .doesNotContain("curl")
          .contains(" client=local ");
    }
    assertThat(socket).doesNotExist();
  }

  @Test
  void eachRecipientHasItsReplyFromTheOneStore() throws Exception {
    try (Served served = Served.with(folder, "--no-tls", "--lmtp", "127.0.0.1:0");
        Talk client = Talk.connected(served.port())) {
      client.hears("220 ").says("EHLO x.test").hears("500 ").says("LHLO x.test").hears("250 ");
      client.says("MAIL FROM:<a@b.org>").hears("250 ");
      client.says("RCPT TO:<c@d.org>").hears("250 ").says("RCPT TO:<e@f.org>").hears("250 ");
      client.says("DATA").hears("354 ").sends("Subject: Hi\r\n\r\nHello\r\n.\r\n");
      client.hears("250 2.0.0 Stored as ").hears("250 2.0.0 Stored as ");
      client.says("QUIT").hears("221 ");
      assertThat(served.mails().stored()).hasSize(1);
    }
  }

  @Test
  void theFirstMessageOverAUnixSocketIsAsTheStartNamesIt() throws Exception {
    Programs.installed("curl");
    Path socket = folder.resolve("smtp");
    try (Served served = Served.with(folder, "--no-tls", "--listen", "unix:" + socket)) {
      String line =
          served.out().lines().filter(l -> l.startsWith("  printf")).findFirst().orElseThrow();
      assertThat(line).contains("--unix-socket " + socket);
      Programs.Ended ended = Programs.run(Programs.installed("sh"), "-c", line);
      assertThat(ended.status()).as(ended.output()).isZero();
      assertThat(served.mails().stored()).hasSize(1);
    }
  }

  @Test
  void aSocketThatSomebodyServesIsOneLineAndStatusOne() throws Exception {
    Path socket = folder.resolve("s");
    try (Served served = Served.with(folder, "--no-tls", "--lmtp", "unix:" + socket)) {
      Programs.Ended ended =
          Programs.run(
              new ProcessBuilder(
                      Programs.simplesmtp("serve", "--no-tls", "--lmtp", "unix:" + socket))
                  .directory(folder.toFile()));
      assertThat(ended.status()).isEqualTo(1);
      assertThat(ended.output().lines())
          .singleElement()
          .asString()
          .startsWith("simplesmtp: ")
          .contains(socket.toString());
      try (SocketChannel still = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
        assertThat(still.isConnected()).isTrue();
      }
      assertThat(Files.exists(socket)).isTrue();
      assertThat(served.err()).isEmpty();
    }
  }
}
