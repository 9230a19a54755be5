package io.simplesmtp.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.simplesmtp.BodyType;
import io.simplesmtp.Parameter;
import io.simplesmtp.server.Handshake;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.Random;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Jakarta Mail in its reference implementation. */
class JakartaMailTest {

  private static final String FROM = "ann@example.org";
  private static final String TO = "bob@example.net";

  @TempDir private Path folder;
  private Mailroom mailroom;
  private Properties settings;

  @BeforeEach
  void open() throws Exception {
    mailroom = new Mailroom(folder);
    settings = new Properties();
    for (String protocol : new String[] {"mail.smtp.", "mail.smtps."}) {
      settings.put(protocol + "from", FROM);
      settings.put(protocol + "timeout", "20000");
      settings.put(protocol + "localhost", "client.test");
      settings.put(
          protocol + "ssl.socketFactory",
          Handshake.trusting(mailroom.certificate()).getSocketFactory());
    }
  }

  @AfterEach
  void close() {
    mailroom.close();
  }

  @Test
  void sendsInClear() throws Exception {
    send("smtp", mailroom.port(), Messages.DOTS, TO, "carl@example.net");
    mailroom.take().isFor(FROM, TO, "carl@example.net").contains(Messages.DOTS).isSecure(false);
  }

  @ParameterizedTest
  @CsvSource({"PLAIN, TLSv1.3", "LOGIN, TLSv1.2"})
  void authenticatesAfterStartTls(String mechanism, String protocol) throws Exception {
    settings.put("mail.smtp.starttls.required", "true");
    settings.put("mail.smtp.ssl.protocols", protocol);
    settings.put("mail.smtp.auth", "true");
    settings.put("mail.smtp.auth.mechanisms", mechanism);
    send("smtp", mailroom.submission(), Messages.DOTS, TO);
    mailroom
        .take()
        .isFor(FROM, TO)
        .contains(Messages.DOTS)
        .isSecure(protocol)
        .isFromUser(mechanism);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PLAIN", "LOGIN"})
  void authenticatesUnderImplicitTls(String mechanism) throws Exception {
    settings.put("mail.smtps.auth.mechanisms", mechanism);
    send("smtps", mailroom.submissions(), Messages.DOTS, TO);
    mailroom.take().isFor(FROM, TO).contains(Messages.DOTS).isFromUser(mechanism);
  }

  @Test
  void saysThatThePasswordIsWrong() throws Exception {
    try (Transport transport = Session.getInstance(settings).getTransport("smtps")) {
      assertThatThrownBy(() ->
              transport.connect(Mailroom.HOST, mailroom.submissions(), Mailroom.USER, "wrong"))
          .isInstanceOf(AuthenticationFailedException.class)
          .hasMessageContaining("535 5.7.8");
    }
  }

  @Test
  void saysThatAMessageIsTooBigAndSendsTheNextOne() throws Exception {
    try (Transport transport = connected("smtp", mailroom.port())) {
      MimeMessage tooBig = message(Messages.ofSize(Mailroom.MOST_OCTETS + 1));
      MessagingException refused =
          catchThrowableOfType(
              MessagingException.class, () -> transport.sendMessage(tooBig, addresses(TO)));
      assertThat(refused).hasMessageContaining("552 5.3.4");
      transport.sendMessage(message(Messages.PLAIN), addresses(TO));
    }
    mailroom.take().isFor(FROM, TO).contains(Messages.PLAIN);
    mailroom.isEmpty();
  }

  @Test
  void tellsTheRecipientsThatAreRefused() throws Exception {
    settings.put("mail.smtp.sendpartial", "true");
    SendFailedException failed =
        catchThrowableOfType(
            SendFailedException.class,
            () -> send("smtp", mailroom.port(), Messages.PLAIN, "nobody@x.org", TO, "no@x.org"));
    assertThat(failed.getInvalidAddresses()).containsExactly(addresses("nobody@x.org", "no@x.org"));
    assertThat(failed.getValidSentAddresses()).containsExactly(addresses(TO));
    mailroom.take().isFor(FROM, TO).contains(Messages.PLAIN);
  }

  @Test
  void givesUpForARefusedRecipientUnlessToldOtherwise() throws Exception {
    SendFailedException failed =
        catchThrowableOfType(
            SendFailedException.class,
            () -> send("smtp", mailroom.port(), Messages.PLAIN, TO, "nobody@x.org"));
    assertThat(failed.getValidUnsentAddresses()).containsExactly(addresses(TO));
    mailroom.isEmpty();
  }

  @Test
  void saysThatTheSenderIsRefused() throws Exception {
    settings.put("mail.smtp.from", "spammer@example.org");
    SMTPSendFailedException failed =
        catchThrowableOfType(
            SMTPSendFailedException.class, () -> send("smtp", mailroom.port(), Messages.PLAIN, TO));
    assertThat(failed.getReturnCode()).isEqualTo(550);
  }

  @Test
  void sendsEightBits() throws Exception {
    settings.put("mail.smtp.mailextension", "BODY=8BITMIME");
    String message =
        "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=iso-8859-1\r\n"
            + "Content-Transfer-Encoding: 8bit\r\n"
            + Messages.PLAIN
            + "\u00fcber \u00ff\u0080\r\n";
    send("smtp", mailroom.port(), message, TO);
    Mailroom.Mail mail = mailroom.take().isFor(FROM, TO).contains(message);
    assertThat(mail.envelope().mailFrom().parameters().get(Parameter.BODY))
        .contains(BodyType.EIGHT_BIT_MIME);
  }

  @Test
  void namesTheSubmitterAndAsksForReports() throws Exception {
    settings.put("mail.smtps.submitter", "e=mc2+1@example.com");
    settings.put("mail.smtps.dsn.ret", "FULL");
    settings.put("mail.smtps.dsn.notify", "FAILURE,DELAY");
    send("smtps", mailroom.submissions(), Messages.PLAIN, TO);
    mailroom
        .take()
        .isFor(FROM, TO)
        .asks("AUTH=e+3Dmc2+2B1@example.com", "NOTIFY=FAILURE,DELAY")
        .asks("RET=FULL", "NOTIFY=FAILURE,DELAY");
  }

  @Test
  void sendsInternationalMail() throws Exception {
    settings.put("mail.mime.allowutf8", "true");
    settings.put("mail.smtp.from", "j\u00f6rg@example.org");
    send("smtp", mailroom.port(), Messages.utf8(), "\u7528\u6237@\u4f8b\u5b50.example");
    mailroom
        .take()
        .isFor("j\u00f6rg@example.org", "\u7528\u6237@\u4f8b\u5b50.example")
        .isUtf8()
        .contains(Messages.utf8());
  }

  @Test
  void sendsABigAttachment() throws Exception {
    settings.put("mail.smtp.starttls.required", "true");
    byte[] random = new byte[8 << 20];
    new Random(1).nextBytes(random);
    MimeBodyPart text = new MimeBodyPart();
    text.setText("Here it is: \u00fc", "utf-8");
    MimeBodyPart attachment = new MimeBodyPart();
    attachment.attachFile(Files.write(folder.resolve("random.bin"), random).toFile());
    MimeMessage message = new MimeMessage(Session.getInstance(settings));
    message.setContent(new MimeMultipart(text, attachment));
    message.setRecipient(Message.RecipientType.TO, new InternetAddress(TO));
    message.saveChanges();
    ByteArrayOutputStream octets = new ByteArrayOutputStream();
    message.writeTo(octets);

    try (Transport transport = connected("smtp", mailroom.port())) {
      transport.sendMessage(message, message.getAllRecipients());
    }
    Mailroom.Mail mail = mailroom.take().isFor(FROM, TO).contains(octets.toByteArray());
    MimeMultipart parts = (MimeMultipart) message(mail.octets()).getContent();
    assertThat(parts.getBodyPart(1).getInputStream().readAllBytes()).isEqualTo(random);
  }

  private void send(String protocol, int port, String message, String... to) throws Exception {
    try (Transport transport = connected(protocol, port)) {
      transport.sendMessage(message(message), addresses(to));
    }
  }

  private Transport connected(String protocol, int port) throws MessagingException {
    Transport transport = Session.getInstance(settings).getTransport(protocol);
    transport.connect(Mailroom.HOST, port, Mailroom.USER, Mailroom.UTF8_PASSWORD);
    return transport;
  }

  /** A message that Jakarta Mail has parsed and writes as it was. */
  private MimeMessage message(String octets) throws MessagingException {
    return new MimeMessage(
        Session.getInstance(settings),
        new ByteArrayInputStream(octets.getBytes(StandardCharsets.ISO_8859_1)));
  }

  private static InternetAddress[] addresses(String... to) throws MessagingException {
    InternetAddress[] addresses = new InternetAddress[to.length];
    for (int i = 0; i < to.length; i++) {
      addresses[i] = new InternetAddress(to[i]);
    }
    return addresses;
  }
}
