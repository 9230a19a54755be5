package io.simplesmtp.app;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.Message;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real clients send to a running {@code serve}; what they sent is found byte for byte. */
class RealClientsTest {

  private static final String MAIL =
      "From: ann@example.org\r\nTo: bob@example.org\r\nSubject: Grüße\r\n\r\n"
          + ".\r\n..two\r\n"
          + "x".repeat(900)
          + "\r\nlast line\r\n";

  /** Of {@code secret}, by {@code openssl passwd -6}. */
  private static final String HASH =
      "$6$simplesmtp$80fKm1nyJDHnVw2UNJKDtGASXRBoukOWXWEt"
          + ".0mJt/eA2HhbcV5I9BnFY7lhQortCsajdC2s0Hm9Z0qeLQLFP1";

  @TempDir Path folder;

  @Test
  void curlUnderStartTls() throws Exception {
    String curl = Programs.installed("curl");
    Path mail = Files.writeString(folder.resolve("mail.eml"), MAIL);
    try (Served served = Served.with(folder, "--auth", "ann:secret")) {
      Programs.Ended ended =
          Programs.run(
              curl,
              "-sS",
              "--ssl-reqd",
              "--insecure",
              "--user",
              "ann:secret",
              "smtp://127.0.0.1:" + served.port(),
              "--mail-from",
              "ann@example.org",
              "--mail-rcpt",
              "bob@example.org",
              "--upload-file",
              mail.toString());
      assertThat(ended.status()).as(ended.output()).isZero();
      assertStored(served, MAIL.getBytes(StandardCharsets.UTF_8), "ESMTPSA");
    }
  }

  @Test
  void curlUnderTlsFromTheFirstOctetWithAHashedPassword() throws Exception {
    String curl = Programs.installed("curl");
    Path mail = Files.writeString(folder.resolve("mail.eml"), MAIL);
    Path users = Files.writeString(folder.resolve("users.txt"), "ann:" + HASH + "\n");
    String[] flags = {"--submissions", "127.0.0.1:0", "--auth-file", users.toString()};
    try (Served served = Served.with(folder, flags)) {
      String[] command = {
        curl,
        "-sS",
        "--cacert",
        folder.resolve("home/cert.pem").toString(),
        "--connect-to",
        "mx.test::127.0.0.1:",
        "smtps://mx.test:" + served.port(),
        "--mail-from",
        "ann@example.org",
        "--mail-rcpt",
        "bob@example.org",
        "--upload-file",
        mail.toString(),
        "--user",
        "ann:wrong"
      };
      assertThat(Programs.run(command).output()).contains("67", "Login denied");
      command[command.length - 1] = "ann:secret";
      Programs.Ended ended = Programs.run(command);
      assertThat(ended.status()).as(ended.output()).isZero();
      assertStored(served, MAIL.getBytes(StandardCharsets.UTF_8), "ESMTPSA");
    }
  }

  @Test
  void theFirstMessageAsTheStartNamesIt() throws Exception {
    Programs.installed("curl");
    try (Served served = Served.with(folder, "--no-tls")) {
      String line =
          served.out().lines().filter(l -> l.startsWith("  printf")).findFirst().orElseThrow();
      Programs.Ended ended = Programs.run(Programs.installed("sh"), "-c", line);
      assertThat(ended.status()).as(ended.output()).isZero();
      byte[] sent = "Subject: Hello\r\n\r\nHello, world\r\n".getBytes(StandardCharsets.US_ASCII);
      assertStored(served, sent, "ESMTP");
    }
  }

  @Test
  void swaks() throws Exception {
    String swaks = Programs.installed("swaks");
    Path mail = Files.writeString(folder.resolve("mail.eml"), MAIL.replace("\r\n", "\n"));
    try (Served served = Served.with(folder)) {
      Programs.Ended ended =
          Programs.run(
              swaks,
              "--server",
              "127.0.0.1:" + served.port(),
              "--from",
              "ann@example.org",
              "--to",
              "bob@example.org",
              "--data",
              "@" + mail);
      assertThat(ended.status()).as(ended.output()).isZero();
      // swaks adds a line break of its own behind a message.
      assertStored(served, (MAIL + "\r\n").getBytes(StandardCharsets.UTF_8), "ESMTP");
    }
  }

  @Test
  void jakartaMail() throws Exception {
    Properties properties = new Properties();
    properties.setProperty("mail.smtp.auth", "true");
    properties.setProperty("mail.smtp.starttls.enable", "true");
    properties.setProperty("mail.smtp.starttls.required", "true");
    properties.setProperty("mail.smtp.ssl.trust", "*");
    properties.setProperty("mail.smtp.ssl.checkserveridentity", "false");
    Session session = Session.getInstance(properties);
    MimeMessage message = new MimeMessage(session);
    message.setFrom(new InternetAddress("ann@example.org"));
    message.setRecipient(Message.RecipientType.TO, new InternetAddress("bob@example.org"));
    message.setSubject("Grüße", "UTF-8");
    message.setText(".\r\n..two\r\nGrüße\r\n", "UTF-8");
    message.saveChanges();
    ByteArrayOutputStream sent = new ByteArrayOutputStream();
    message.writeTo(sent);
    try (Served served = Served.with(folder, "--auth", "ann:secret");
        Transport transport = session.getTransport("smtp")) {
      transport.connect("127.0.0.1", served.port(), "ann", "secret");
      transport.sendMessage(message, message.getAllRecipients());
      assertStored(served, sent.toByteArray(), "ESMTPSA");
    }
  }

  private static void assertStored(Served served, byte[] sent, String protocol) throws Exception {
    Path message = served.mails().only();
    assertThat(Mails.content(message))
        .asString(StandardCharsets.UTF_8)
        .isEqualTo(new String(sent, StandardCharsets.UTF_8));
    assertThat(Mails.trace(message)).contains("by mx.test with " + protocol);
  }
}
