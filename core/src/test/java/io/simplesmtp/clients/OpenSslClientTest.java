package io.simplesmtp.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.simplesmtp.server.CloseCause;
import io.simplesmtp.server.Tool;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code openssl s_client}, which says what it reads as soon as TLS is up. */
class OpenSslClientTest {

  private static final String FROM = "ann@example.org";
  private static final String TO = "bob@example.net";

  @TempDir private Path folder;
  private Tool openssl;
  @AutoClose private Mailroom mailroom;

  @BeforeEach
  void open() throws Exception {
    mailroom = new Mailroom(folder);
    openssl = Tool.find("openssl", folder);
  }

  @ParameterizedTest
  @CsvSource({"-tls1_2, TLSv1.2", "-tls1_3, TLSv1.3"})
  void talksAfterStartTls(String option, String protocol) throws Exception {
    talk(mailroom.port(), dialogue(""), "-starttls", "smtp", option)
        .succeeds()
        .says("250 2.0.0 Queued as ", "221 2.0.0 ");
    mailroom.take().isFor(FROM, TO).contains("Hi\r\n").isSecure(protocol);
    assertThat(mailroom.awaitEnded(1)).containsValue(CloseCause.QUIT);
  }

  @ParameterizedTest
  @CsvSource({"-tls1_2, TLSv1.2", "-tls1_3, TLSv1.3"})
  void talksUnderImplicitTls(String option, String protocol) throws Exception {
    String secret = "\0" + Mailroom.USER + "\0" + Mailroom.UTF8_PASSWORD;
    String auth =
        "AUTH PLAIN "
            + Base64.getEncoder().encodeToString(secret.getBytes(StandardCharsets.UTF_8))
            + "\n";
    talk(mailroom.submissions(), dialogue(auth), option).succeeds().says("235 2.7.0 ");
    mailroom.take().isFor(FROM, TO).isSecure(protocol).isFromUser("PLAIN");
    assertThat(mailroom.awaitEnded(1)).containsValue(CloseCause.QUIT);
  }

  @Test
  void isSpokenToInNoOlderTls() throws Exception {
    talk(mailroom.submissions(), "QUIT\n", "-tls1_1", "-cipher", "ALL:@SECLEVEL=0").fails("alert");
    mailroom.isEmpty();
  }

  @Test
  void endsTheSessionWhenItsInputEnds() throws Exception {
    openssl
        .run("s_client", "-connect", address(mailroom.port()), "-starttls", "smtp")
        .says("Certificate chain", "DONE");
    assertThat(mailroom.awaitEnded(1)).containsValue(CloseCause.CLIENT_GONE);
  }

  private static String dialogue(String auth) {
    return "EHLO client.test\n"
        + auth
        + "MAIL FROM:<ann@example.org>\nRCPT TO:<bob@example.net>\nDATA\nHi\n.\nQUIT\n";
  }

  private Tool.Output talk(int port, String lines, String... options) throws Exception {
    String[] command = {
      "s_client",
      "-quiet",
      "-crlf",
      "-CAfile",
      mailroom.certificate().toString(),
      "-verify_return_error",
      "-verify_ip",
      Mailroom.HOST,
      "-connect",
      address(port)
    };
    return openssl.runWith(
        Messages.octets(lines),
        Stream.concat(Arrays.stream(command), Arrays.stream(options)).toArray(String[]::new));
  }

  private static String address(int port) {
    return Mailroom.HOST + ":" + port;
  }
}
