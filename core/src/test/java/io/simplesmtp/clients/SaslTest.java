package io.simplesmtp.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.simplesmtp.Reply;
import io.simplesmtp.auth.Identity;
import io.simplesmtp.auth.ScramCredential;
import io.simplesmtp.auth.ScramHash;
import io.simplesmtp.server.Admission;
import io.simplesmtp.server.Handshake;
import io.simplesmtp.server.SmtpServer;
import io.simplesmtp.server.TestServer;
import io.simplesmtp.server.Tls;
import io.simplesmtp.server.TlsConfig;
import io.simplesmtp.server.Tool;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The mechanisms besides PLAIN and LOGIN, each with the clients that know it. */
class SaslTest {

  private static final String HOST = "127.0.0.1";
  private static final String USER = "ann@example.org";
  private static final String PASSWORD = "s3cret-of.ann";

  private static final Map<ScramHash, ScramCredential> STORED =
      Map.of(
          ScramHash.SHA_1, ScramCredential.of(ScramHash.SHA_1, PASSWORD, 4096),
          ScramHash.SHA_256, ScramCredential.of(ScramHash.SHA_256, PASSWORD, 4096));

  private final BlockingQueue<Identity> identities = new LinkedBlockingQueue<>();

  @TempDir private Path folder;
  private Path certificate;
  @AutoClose private TestServer server;

  @BeforeEach
  void start() throws Exception {
    certificate = folder.resolve("server.crt");
    Path key = folder.resolve("server.key");
    TlsConfig.writeSelfSigned(HOST, certificate, key);
    server =
        new TestServer(
            SmtpServer.builder()
                .listen(TestServer.loopback().withAuthWithoutTls(true))
                .listen(TestServer.loopback().withTls(Tls.IMPLICIT))
                .tls(TlsConfig.fromPem(certificate, key))
                .admission(Admission.DEFAULT.withAuthFailureDelay(Duration.ZERO))
                .passwords((session, user, password) -> of(user, password))
                .scram((session, user, hash) ->
                    user.equals(USER) ? Optional.ofNullable(STORED.get(hash)) : Optional.empty())
                .secrets((session, user) -> user.equals(USER) ? Optional.of(PASSWORD) : none())
                .tokens((session, user, token) -> of(user, token))
                .anonymous((session, trace) -> Optional.of("guest " + trace))
                .handler((session, envelope, content) -> {
                  content.readAllBytes();
                  identities.add(session.identity().orElseThrow());
                  return Reply.OK;
                }));
  }

  @ParameterizedTest
  @ValueSource(strings = {"SCRAM-SHA-256", "SCRAM-SHA-1", "CRAM-MD5"})
  void gsaslInClear(String mechanism) throws Exception {
    gsasl(clear(), "--no-starttls", "-a", USER, "-p", PASSWORD, "-m", mechanism)
        .succeeds()
        .says("235 2.7.0 ");
    gsasl(clear(), "--no-starttls", "-a", USER, "-p", "wrong", "-m", mechanism).says("535 5.7.8 ");
    gsasl(clear(), "--no-starttls", "-a", "bob", "-p", PASSWORD, "-m", mechanism)
        .says("535 5.7.8 ");
  }

  @Test
  void gsaslWithoutAName() throws Exception {
    gsasl(clear(), "--no-starttls", "-n", "ann", "-m", "ANONYMOUS").succeeds().says("235 2.7.0 ");
  }

  /** It binds to the TLS connection, by tls-exporter under TLS 1.3. */
  @ParameterizedTest
  @ValueSource(strings = {"SCRAM-SHA-256-PLUS", "SCRAM-SHA-1-PLUS"})
  void gsaslUnderTls(String mechanism) throws Exception {
    assumeTrue(
        Runtime.version().feature() >= 25, "skipped: this Java cannot export keys of TLS 1.3");
    try (HelloRelay relay = new HelloRelay(clear())) {
      gsasl(relay.port(), ca("-a", USER, "-p", PASSWORD, "-m", mechanism))
          .succeeds()
          .says("235 2.7.0 ");
    }
    try (HelloRelay relay = new HelloRelay(clear())) {
      gsasl(relay.port(), ca("-a", USER, "-p", "wrong", "-m", mechanism)).says("535 5.7.8 ");
    }
  }

  @Test
  void gsaslThatCannotBind() throws Exception {
    try (HelloRelay relay = new HelloRelay(clear())) {
      gsasl(relay.port(), ca("-a", USER, "-p", PASSWORD, "-m", "SCRAM-SHA-256", "--no-cb"))
          .succeeds()
          .says("235 2.7.0 ");
    }
  }

  @Test
  void curlWithADigest() throws Exception {
    curl("--user", USER + ":" + PASSWORD, "--login-options", "AUTH=CRAM-MD5").succeeds();
    cameIn("CRAM-MD5");
    curl("--user", USER + ":no", "--login-options", "AUTH=CRAM-MD5").fails("535 5.7.8");
  }

  /** It takes XOAUTH2 only from servers without OAUTHBEARER. */
  @Test
  void curlWithAToken() throws Exception {
    curl("--user", USER + ":", "--oauth2-bearer", PASSWORD).succeeds();
    cameIn("OAUTHBEARER");
    curl("--user", USER + ":", "--oauth2-bearer", "old").fails("535 5.7.8");
  }

  @Test
  void swaksWithADigest() throws Exception {
    Tool swaks = Tool.find("swaks", folder);
    boolean hasDigest = swaks.run("--support").text().contains("AUTH CRAM-MD5 supported");
    assumeTrue(hasDigest, "skipped: swaks has no CRAM-MD5 without Perl's Digest::MD5");
    List<String> command =
        new ArrayList<>(List.of("-s", HOST + ":" + clear(), "-f", USER, "-t", "bob@x.org"));
    command.addAll(List.of("-a", "CRAM-MD5", "-au", USER, "-ap", PASSWORD, "-h", "client.test"));
    swaks.run(command.toArray(String[]::new)).succeeds();
    cameIn("CRAM-MD5");
  }

  @Test
  void pythonChoosesTheDigest() throws Exception {
    String program =
        """
        import smtplib, ssl
        tls = ssl.create_default_context(cafile='%s')
        with smtplib.SMTP_SSL('127.0.0.1', %d, context=tls, timeout=50) as smtp:
            smtp.login('%s', '%s')
            smtp.sendmail('a@x.org', 'b@x.org', 'Hi')
        """
            .formatted(certificate, encrypted(), USER, PASSWORD);
    Tool.find("python3", folder).run("-c", program).succeeds();
    cameIn("CRAM-MD5");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{type: 'OAuth2', user, accessToken: pass} | XOAUTH2",
        "{user, pass, method: 'CRAM-MD5'}          | CRAM-MD5",
      })
  void nodemailer(String auth, String mechanism) throws Exception {
    String program =
        """
        const [user, pass, port, ca] = process.argv.slice(1);
        require('nodemailer').createTransport({host: '127.0.0.1', port, secure: true,
            tls: {ca: require('fs').readFileSync(ca)}, auth: AUTH})
          .sendMail({envelope: {from: user, to: 'bob@x.org'}, raw: 'Hi'})
          .catch(e => { console.log(e.response); process.exit(1); });
        """
            .replace("AUTH", auth);
    Tool node = Tool.find("node", folder);
    assumeTrue(
        node.run("-e", "require('nodemailer')").status() == 0,
        "skipped: node does not find nodemailer; install it and name its folder in NODE_PATH");
    String port = "" + encrypted();
    node.run("-e", program, USER, PASSWORD, port, certificate.toString()).succeeds();
    cameIn(mechanism);
    node.run("-e", program, USER, "old", port, certificate.toString()).fails("535 5.7.8");
  }

  @ParameterizedTest
  @CsvSource({"auth.mechanisms, XOAUTH2", "sasl.mechanisms, CRAM-MD5"})
  void angusMail(String setting, String mechanism) throws Exception {
    Properties settings = new Properties();
    settings.put(
        "mail.smtps.ssl.socketFactory", Handshake.trusting(certificate).getSocketFactory());
    settings.put("mail.smtps.localhost", "client.test");
    settings.put("mail.smtps." + setting, mechanism);
    settings.put("mail.smtps.sasl.enable", "" + setting.startsWith("sasl"));
    Session session = Session.getInstance(settings);
    try (Transport transport = session.getTransport("smtps")) {
      transport.connect(HOST, encrypted(), USER, PASSWORD);
      MimeMessage message = new MimeMessage(session);
      message.setText("Hi");
      transport.sendMessage(message, InternetAddress.parse("bob@x.org"));
    }
    cameIn(mechanism);
  }

  private void cameIn(String mechanism) throws InterruptedException {
    assertThat(identities.poll(20, TimeUnit.SECONDS)).isEqualTo(new Identity(USER, mechanism));
  }

  private int clear() {
    return server.server().port(0);
  }

  private int encrypted() {
    return server.server().port(1);
  }

  private String[] ca(String... options) {
    List<String> all = new ArrayList<>(List.of(options));
    all.addAll(List.of("--starttls", "--x509-ca-file=" + certificate));
    return all.toArray(String[]::new);
  }

  private Tool.Output gsasl(int port, String... options) throws Exception {
    List<String> command = new ArrayList<>(List.of("--smtp", "--connect=" + HOST + ":" + port));
    command.addAll(List.of(options));
    return Tool.find("gsasl", folder).run(command.toArray(String[]::new));
  }

  private Tool.Output curl(String... options) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                "-sS",
                "-v",
                "--max-time",
                "50",
                "--cacert",
                certificate.toString(),
                "--mail-from",
                USER,
                "--mail-rcpt",
                "bob@x.org",
                "--upload-file",
                Messages.file(folder, Messages.PLAIN)));
    command.addAll(List.of(options));
    command.add("smtps://" + HOST + ":" + encrypted());
    return Tool.find("curl", folder).run(command.toArray(String[]::new));
  }

  private static Optional<String> of(String user, String secret) {
    return user.equals(USER) && secret.equals(PASSWORD) ? Optional.of(user) : none();
  }

  private static Optional<String> none() {
    return Optional.empty();
  }
}
