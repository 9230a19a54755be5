package io.simplesmtp.clients;

import io.simplesmtp.server.Tool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Python's smtplib, in small programs. */
class PythonTest {

  private static final String FROM = "ann@example.org";
  private static final String TO = "bob@example.net";

  /** Reads its arguments: port, certificate, user, password, message. */
  private static final String BEGIN =
      """
      import smtplib, ssl, sys
      from email.message import EmailMessage
      port, ca, user, password, file = sys.argv[1:]
      message = open(file, 'rb').read()
      tls = ssl.create_default_context(cafile=ca)
      def connect():
          return smtplib.SMTP('127.0.0.1', int(port), 'client.test', timeout=50)
      """;

  @TempDir private Path folder;
  private Tool python;
  @AutoClose private Mailroom mailroom;

  @BeforeEach
  void open() throws Exception {
    mailroom = new Mailroom(folder);
    python = Tool.find("python3", folder);
  }

  @Test
  void sendsInClear() throws Exception {
    String program =
        """
        with connect() as smtp:
            print(smtp.sendmail('ann@example.org', ['bob@example.net', 'nobody@x.org'], message))
        """;
    run(program, mailroom.port(), Messages.DOTS)
        .succeeds()
        .says("{'nobody@x.org': (550, b'5.1.1 No such mailbox')}");
    mailroom.take().isFor(FROM, TO).contains(Messages.DOTS).isSecure(false);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PLAIN", "LOGIN"})
  void authenticatesAfterStartTls(String mechanism) throws Exception {
    String program =
        """
        with connect() as smtp:
            smtp.starttls(context=tls)
            smtp.ehlo()
            smtp.user, smtp.password = user, password
            print(smtp.auth('MECHANISM', smtp.auth_MECHANISM_LOWER))
            print(smtp.sendmail('ann@example.org', 'bob@example.net', message, ['BODY=8BITMIME']))
        """
            .replace("MECHANISM_LOWER", mechanism.toLowerCase(Locale.ROOT))
            .replace("MECHANISM", mechanism);
    run(program, mailroom.submission(), Messages.DOTS).succeeds().says("(235, b'2.7.0");
    mailroom.take().isFor(FROM, TO).contains(Messages.DOTS).isFromUser(mechanism);
  }

  @Test
  void sendsManyMessagesUnderImplicitTls() throws Exception {
    String program =
        """
        with smtplib.SMTP_SSL('127.0.0.1', int(port), context=tls, timeout=50) as smtp:
            smtp.login(user, password)
            for i in range(100):
                smtp.sendmail('ann@example.org', 'bob%d@example.net' % i, message)
            try:
                smtp.sendmail('spammer@example.org', 'bob@example.net', message)
            except smtplib.SMTPSenderRefused as refused:
                print(refused.smtp_code, refused.smtp_error)
        """;
    run(program, mailroom.submissions(), Messages.PLAIN).succeeds().says("550 b'5.7.1 ");
    for (int i = 0; i < 100; i++) {
      mailroom.take().isFor(FROM, "bob" + i + "@example.net").contains(Messages.PLAIN);
    }
    mailroom.isEmpty();
  }

  @Test
  void saysThatThePasswordIsWrong() throws Exception {
    String program =
        """
        with smtplib.SMTP_SSL('127.0.0.1', int(port), context=tls, timeout=50) as smtp:
            try:
                smtp.login(user, 'wrong')
            except smtplib.SMTPAuthenticationError as error:
                print(error.smtp_code, error.smtp_error)
        """;
    run(program, mailroom.submissions(), Messages.PLAIN).succeeds().says("535 b'5.7.8 ");
  }

  @Test
  void sendsInternationalMail() throws Exception {
    String program =
        """
        mail = EmailMessage()
        mail['From'] = 'jörg@example.org'
        mail['To'] = '用户@例子.example'
        mail['Subject'] = 'Müsli'
        mail.set_content('中午?\\n', cte='8bit')
        with connect() as smtp:
            print(smtp.send_message(mail))
        """;
    run(program, mailroom.port(), Messages.PLAIN).succeeds().says("{}");
    Mailroom.Mail mail =
        mailroom.take().isFor("j\u00f6rg@example.org", "\u7528\u6237@\u4f8b\u5b50.example");
    mail.isUtf8().includes("Subject: M\u00fcsli\r\n").includes("\r\n\r\n\u4e2d\u5348?\r\n");
  }

  @Test
  void asksForReports() throws Exception {
    String program =
        """
        with connect() as smtp:
            print(smtp.sendmail('ann@example.org', 'bob@example.net', message,
                ['RET=HDRS', 'ENVID=QQ+2B1'],
                ['NOTIFY=SUCCESS,DELAY', 'ORCPT=rfc822;Bob+2Bnews@example.net']))
        """;
    run(program, mailroom.port(), Messages.PLAIN).succeeds().says("{}");
    mailroom
        .take()
        .isFor(FROM, TO)
        .asks("RET=HDRS ENVID=QQ+2B1", "NOTIFY=SUCCESS,DELAY ORCPT=rfc822;Bob+2Bnews@example.net");
  }

  @Test
  void hearsBeforeItSendsThatAMessageIsTooBig() throws Exception {
    String program =
        """
        with connect() as smtp:
            try:
                smtp.sendmail('ann@example.org', 'bob@example.net', b'x' * (17 << 20))
            except smtplib.SMTPSenderRefused as refused:
                print(refused.smtp_code, refused.smtp_error)
            print(smtp.noop())
        """;
    run(program, mailroom.port(), Messages.PLAIN).succeeds().says("552 b'5.3.4 ", "(250, b'2.0.0");
    mailroom.isEmpty();
  }

  @Test
  void hearsAfterItSentThatAMessageIsTooBig() throws Exception {
    String program =
        """
        with connect() as smtp:
            smtp.ehlo()
            del smtp.esmtp_features['size']
            try:
                smtp.sendmail('ann@example.org', 'bob@example.net', b'Hi\\r\\n' * (5 << 20))
            except smtplib.SMTPDataError as refused:
                print(refused.smtp_code, refused.smtp_error)
            print(smtp.sendmail('ann@example.org', 'bob@example.net', message))
        """;
    run(program, mailroom.port(), Messages.PLAIN).succeeds().says("552 b'5.3.4 ", "{}");
    mailroom.take().isFor(FROM, TO).contains(Messages.PLAIN);
    mailroom.isEmpty();
  }

  @Test
  void sendsBinaryContentInPipelinedChunks() throws Exception {
    String program =
        """
        binary = message + bytes(range(256)) * 400
        with connect() as smtp:
            smtp.ehlo()
            smtp.mail('ann@example.org', ['BODY=BINARYMIME'])
            smtp.rcpt('bob@example.net')
            print(smtp.docmd('DATA'))
            sizes = [len(binary[at:at + 10000]) for at in range(0, len(binary), 10000)]
            for at, size in enumerate(sizes):
                smtp.putcmd('BDAT %d' % size)
                smtp.send(binary[at * 10000:at * 10000 + size])
            smtp.putcmd('BDAT 0 LAST')
            print({smtp.getreply() for size in sizes})
            print(smtp.getreply())
        """;
    run(program, mailroom.port(), Messages.PLAIN)
        .succeeds()
        .says(
            "(503, b'5.5.1 BODY=BINARYMIME needs BDAT')\n{(250, b'2.0.0 Chunk received')}\n"
                + "(250, b'2.0.0 Queued as ");
    StringBuilder octets = new StringBuilder();
    for (char octet = 0; octet < 256; octet++) {
      octets.append(octet);
    }
    mailroom.take().isFor(FROM, TO).contains(Messages.PLAIN + octets.toString().repeat(400));
  }

  private Tool.Output run(String program, int port, String message) throws Exception {
    return python
        .with("PYTHONIOENCODING", "utf-8")
        .run(
            Files.writeString(folder.resolve("program.py"), BEGIN + program).toString(),
            String.valueOf(port),
            mailroom.certificate().toString(),
            Mailroom.USER,
            Mailroom.PASSWORD,
            Messages.file(folder, message));
  }
}
