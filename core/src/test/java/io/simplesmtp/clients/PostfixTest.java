package io.simplesmtp.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.simplesmtp.ReversePath;
import io.simplesmtp.server.XForward;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A Postfix whose relay is our server. */
class PostfixTest {

  private static final String FROM = "ann@example.org";
  private static final String TO = "bob@example.net";

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

  @Test
  void deliversInClear() throws Exception {
    try (Postfix postfix =
        Postfix.relayingTo(mailroom.port(), folder, "smtp_tls_security_level = none")) {
      postfix.send(Messages.DOTS, FROM, TO, "carl@example.net", "\"d d\"@example.net");
      relayed(Messages.DOTS).isFor(FROM, TO, "carl@example.net", "\"d d\"@example.net");
      postfix.send(Messages.utf8(), FROM, TO);
      relayed(Messages.utf8()).isFor(FROM, TO).isUtf8();
    }
  }

  @Test
  void deliversManyMessagesUnderTls() throws Exception {
    int count = 50;
    try (Postfix postfix =
        Postfix.relayingTo(mailroom.port(), folder, "smtp_tls_security_level = encrypt")) {
      for (int i = 0; i < count; i++) {
        postfix.send(Messages.PLAIN, FROM, "bob" + i + "@example.net");
      }
      Set<String> recipients = new HashSet<>();
      for (int i = 0; i < count; i++) {
        Mailroom.Mail mail = relayed(Messages.PLAIN).isSecure(true);
        recipients.add(mail.envelope().recipients().get(0).mailbox().localPart());
      }
      assertThat(recipients).hasSize(count);
    }
    mailroom.isEmpty();
  }

  @Test
  void bouncesWhatIsRefusedAndDeliversTheRest() throws Exception {
    try (Postfix postfix = Postfix.relayingTo(mailroom.port(), folder)) {
      postfix.send(Messages.PLAIN, FROM, "nobody@example.net", TO);
      relayed(Messages.PLAIN).isFor(FROM, TO);
      Mailroom.Mail bounce = mailroom.take().isFor("<>", FROM);
      assertThat(bounce.envelope().reversePath()).isEqualTo(ReversePath.NULL);
      bounce.includes("550 5.1.1 No such mailbox").includes("nobody@example.net");
      assertThat(postfix.log()).contains("status=bounced", "status=sent (250 2.0.0 Queued as ");
    }
    mailroom.isEmpty();
  }

  @Test
  void passesOnWhatItsUserAsksOfReports() throws Exception {
    try (Postfix postfix = Postfix.relayingTo(mailroom.port(), folder)) {
      List<String> options = List.of("-N", "success,delay", "-R", "hdrs", "-V", "QQ+1");
      postfix.sendWith(options, Messages.PLAIN, FROM, "\"d d\"@example.net");
      relayed(Messages.PLAIN)
          .asks("RET=HDRS", "ORCPT=rfc822;d+20d@example.net NOTIFY=SUCCESS,DELAY")
          .asks("ENVID=QQ+2B1", "ORCPT=rfc822;d+20d@example.net NOTIFY=SUCCESS,DELAY");
      postfix.send(Messages.utf8(), FROM, "j\u00f6rg@example.net");
      relayed(Messages.utf8()).isUtf8().asks("SMTPUTF8", "ORCPT=utf-8;j\u00f6rg@example.net");
    }
  }

  @Test
  void bouncesAMessageThatIsTooBig() throws Exception {
    try (Postfix postfix =
        Postfix.relayingTo(mailroom.port(), folder, "message_size_limit = 50000000")) {
      postfix.send(Messages.ofSize(Mailroom.MOST_OCTETS), FROM, TO);
      mailroom.take().isFor("<>", FROM).includes("message size").includes("exceeds size limit");
    }
    mailroom.isEmpty();
  }

  @Test
  void tellsWithXforwardWhereAMessageCameFrom() throws Exception {
    try (Postfix postfix =
        Postfix.relayingTo(mailroom.trusting(), folder, "smtp_send_xforward_command = yes")) {
      postfix.send(Messages.PLAIN, FROM, TO);
      XForward told = relayed(Messages.PLAIN).session().connection().xforward().orElseThrow();
      assertThat(told.isLocal()).contains(true);
      assertThat(told.address()).isEmpty();
    }
  }

  /** The next message, which is this one behind the trace field that Postfix adds. */
  private Mailroom.Mail relayed(String message) throws Exception {
    Mailroom.Mail mail = mailroom.take();
    assertThat(mail.octets()).startsWith("Received: by relay.test (Postfix").endsWith(message);
    return mail;
  }
}
