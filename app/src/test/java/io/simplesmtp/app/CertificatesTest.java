package io.simplesmtp.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.conscrypt.Conscrypt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Certificates of {@code serve} by name, and those of its clients. */
class CertificatesTest {

  @TempDir Path folder;
  private Authority authority;

  @BeforeEach
  void found() throws Exception {
    authority = Authority.in(folder.resolve("ca"));
    authority.issue("mx.test", "/CN=mx.test", "DNS:mx.test");
    authority.issue("net.test", "/CN=net.test", "DNS:net.test,DNS:*.net.test");
  }

  @ParameterizedTest
  @CsvSource({"net.test, net.test", "a.net.test, net.test", "other.test, mx.test"})
  void opensslIsShownTheCertificateOfTheNameItAsksFor(String asked, String shown) throws Exception {
    try (Served served = Served.with(folder, flags())) {
      Programs.Ended ended =
          Programs.run(
              Programs.installed("openssl"),
              "s_client",
              "-starttls",
              "smtp",
              "-connect",
              "127.0.0.1:" + served.port(),
              "-servername",
              asked);
      assertThat(ended.output()).contains("subject=CN = " + shown + "\n");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/CN=ann, 'email:x@example.org', ann",
    "/CN=Ann A./O=Example, 'DNS:a.b,email:ann@example.org', ann@example.org"
  })
  void curlIsWhoItsCertificateSays(String subject, String alternative, String user)
      throws Exception {
    authority.issue("client", subject, alternative);
    String[] more = {"--tls-client-ca", "ca", "--auth", user + ":secret", "--sasl", "EXTERNAL"};
    more[1] = authority.file("ca.pem").toString();
    Served served = Served.with(folder, flags(more));
    try (served) {
      Programs.Ended ended = curl(served, "--login-options", "AUTH=EXTERNAL", "--user", user + ":");
      assertThat(ended.status()).as(ended.output()).isZero();
      assertThat(Mails.trace(served.mails().only())).contains(" with ESMTPSA ");
    }
  }

  @Test
  void aCertificateOfNobodyIsNoUser() throws Exception {
    authority.issue("client", "/CN=eve", "email:eve@example.org");
    String[] more = {"--tls-client-ca", "ca", "--auth", "ann:secret"};
    more[1] = authority.file("ca.pem").toString();
    try (Served served = Served.with(folder, flags(more))) {
      Programs.Ended ended = curl(served, "--login-options", "AUTH=EXTERNAL", "--user", "eve:");
      assertThat(ended.output()).contains("67", "denied");
      assertThat(served.mails().stored()).isEmpty();
    }
  }

  @Test
  void whoHasNoCertificateIsServedAndAnotherAuthoritysIsNone() throws Exception {
    String[] more = {"--tls-client-ca", authority.file("ca.pem").toString()};
    Authority other = Authority.in(folder.resolve("other"));
    other.issue("client", "/CN=ann", "email:ann@example.org");
    try (Served served = Served.with(folder, flags(more))) {
      authority = new Authority(folder.resolve("other"));
      assertThat(curl(served).status()).isNotZero();
      assertThat(served.mails().stored()).isEmpty();
      Programs.Ended without =
          Programs.run(
              Programs.installed("swaks"),
              "--tls",
              "--server",
              "127.0.0.1:" + served.port(),
              "--from",
              "ann@example.org",
              "--to",
              "bob@example.org");
      assertThat(without.status()).as(without.output()).isZero();
      assertThat(served.mails().stored()).hasSize(1);
    }
  }

  @Test
  void tlsOfAProviderInAJarIsSpoken() throws Exception {
    String jar = Path.of(conscrypt()).toString();
    String[] more = {"--tls-provider", jar + "#org.conscrypt.OpenSSLProvider"};
    authority.issue("client", "/CN=ann", "email:ann@example.org");
    try (Served served = Served.with(folder, flags(more))) {
      Programs.Ended ended = curl(served);
      assertThat(ended.status()).as(ended.output()).isZero();
      assertThat(Mails.trace(served.mails().only())).contains(" with ESMTPS (TLSv1.3)");
    }
  }

  @Test
  void whyAProviderWillNotDoIsOneLine() throws Exception {
    String jar = Path.of(conscrypt()).toString();
    String[][] wrongs = {
      {jar, "declares no provider: name its class"},
      {jar + "#no.such.Provider", "no provider can be loaded"},
      {jar + "#org.conscrypt.Conscrypt", "no provider can be loaded"},
      {authority.file("ca.pem").toString(), "declares no provider"},
    };
    for (String[] wrong : wrongs) {
      assertThatThrownBy(() -> Served.with(folder, flags("--tls-provider", wrong[0])))
          .isInstanceOf(ProgramException.class)
          .hasMessageStartingWith("--tls-provider: ")
          .hasMessageContaining(wrong[1])
          .hasMessageNotContaining("\n");
    }
  }

  private static URI conscrypt() throws Exception {
    return Conscrypt.class.getProtectionDomain().getCodeSource().getLocation().toURI();
  }

  private String[] flags(String... more) {
    List<String> flags = new ArrayList<>(List.of(more));
    flags.addAll(List.of("--tls-cert", authority.file("mx.test.pem").toString()));
    flags.addAll(List.of("--tls-key", authority.file("mx.test.key").toString()));
    String pair = authority.file("net.test.pem") + "," + authority.file("net.test.key");
    flags.addAll(List.of("--sni", "net.test=" + pair, "--sni", "*.net.test=" + pair));
    return flags.toArray(String[]::new);
  }

  /** Sends a message with the certificate {@code client}. */
  private Programs.Ended curl(Served served, String... options) throws Exception {
    Path mail = folder.resolve("mail.eml");
    Files.writeString(mail, "Subject: Hi\r\n\r\nHello\r\n");
    List<String> command = new ArrayList<>(List.of(Programs.installed("curl"), "-sS"));
    command.addAll(List.of("--ssl-reqd", "--insecure", "smtp://127.0.0.1:" + served.port()));
    command.addAll(List.of("--cert", authority.file("client.pem").toString()));
    command.addAll(List.of("--key", authority.file("client.key").toString()));
    command.addAll(List.of("--mail-from", "ann@example.org", "--mail-rcpt", "bob@example.org"));
    command.addAll(List.of("--upload-file", mail.toString()));
    command.addAll(List.of(options));
    return Programs.run(command.toArray(String[]::new));
  }
}
