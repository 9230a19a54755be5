package io.simplesmtp.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.simplesmtp.ReversePath;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An Exim whose relay is our server: it sends BDAT wherever CHUNKING is announced. */
class EximTest {

  private static final String FROM = "ann@example.org";
  private static final String TO = "bob@example.net";

  /** What its log says of a delivery with BDAT, before the reply. */
  private static final String CHUNKED = " K C=\"250 2.0.0 Queued as ";

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
  void deliversInChunksInClear() throws Exception {
    Exim exim = Exim.relayingTo(mailroom.port(), folder, "hosts_avoid_tls = *");
    exim.send(Messages.DOTS, FROM, TO, "carl@example.net");
    relayed(Messages.DOTS).isFor(FROM, TO, "carl@example.net").isSecure(false);
    exim.send(Messages.utf8(), FROM, TO);
    relayed(Messages.utf8()).isFor(FROM, TO);
    assertThat(exim.log()).contains(CHUNKED);
    mailroom.isEmpty();
  }

  @Test
  void deliversManyChunksUnderTls() throws Exception {
    String message = Messages.ofSize(3 << 20);
    Exim exim = Exim.relayingTo(mailroom.port(), folder, "hosts_require_tls = *");
    exim.send(message, FROM, TO);
    relayed(message).isFor(FROM, TO).isSecure(true);
    assertThat(exim.log()).contains(CHUNKED);
  }

  @Test
  void bouncesWhatIsRefusedAndDeliversTheRest() throws Exception {
    Exim exim = Exim.relayingTo(mailroom.port(), folder, "hosts_avoid_tls = *");
    exim.send(Messages.PLAIN, FROM, "nobody@example.net", TO);
    relayed(Messages.PLAIN).isFor(FROM, TO);
    Mailroom.Mail bounce = mailroom.take().isFor("<>", FROM);
    assertThat(bounce.envelope().reversePath()).isEqualTo(ReversePath.NULL);
    bounce.includes("550 5.1.1 No such mailbox").includes("nobody@example.net");
    mailroom.isEmpty();
  }

  /** The next message, which is this one behind the trace field that Exim adds. */
  private Mailroom.Mail relayed(String message) throws Exception {
    Mailroom.Mail mail = mailroom.take();
    assertThat(mail.octets()).startsWith("Received: from root by relay.test ").endsWith(message);
    assertThat(mail.octets().length()).isLessThan(message.length() + 300);
    return mail;
  }
}
