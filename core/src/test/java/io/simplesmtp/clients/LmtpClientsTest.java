package io.simplesmtp.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.simplesmtp.Envelope;
import io.simplesmtp.Parameter;
import io.simplesmtp.PerRecipient;
import io.simplesmtp.RcptTo;
import io.simplesmtp.Reply;
import io.simplesmtp.server.Extension;
import io.simplesmtp.server.Listener;
import io.simplesmtp.server.Session;
import io.simplesmtp.server.SmtpServer;
import io.simplesmtp.server.TestServer;
import io.simplesmtp.server.Tls;
import io.simplesmtp.server.TlsConfig;
import io.simplesmtp.server.Tool;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Postfix, Python and swaks deliver by LMTP, over a Unix-domain socket and over TCP, and Exim by
 * SMTP with PRDR. A recipient {@code full} is deferred after the data, {@code gone} refused, all
 * others are accepted.
 */
class LmtpClientsTest {

  private static final String ANN = "ann@example.org";

  private record Mail(Session session, Envelope envelope, String octets) {}

  @TempDir private Path folder;
  private final BlockingQueue<Mail> mails = new LinkedBlockingQueue<>();
  private Path socket;
  @AutoClose private TestServer server;

  @BeforeEach
  void open() throws Exception {
    Path sockets = Files.createDirectory(folder.resolve("sockets"));
    shareWithPostfix(sockets);
    socket = sockets.resolve("lmtp");
    server =
        new TestServer(
            SmtpServer.builder()
                .listen(Listener.lmtp(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)))
                .listen(Listener.lmtp(UnixDomainSocketAddress.of(socket)))
                .listen(TestServer.loopback().withTls(Tls.NONE))
                .extensions(Extension.prdr())
                .tls(TlsConfig.selfSigned("mx.test"))
                .handler((session, envelope, content) -> {
                  byte[] octets = content.readAllBytes();
                  mails.add(
                      new Mail(session, envelope, new String(octets, StandardCharsets.US_ASCII)));
                  return PerRecipient.of(envelope, LmtpClientsTest::deliver);
                }));
  }

  private static Reply deliver(RcptTo to) {
    return switch (to.mailbox().localPart()) {
      case "full" -> Reply.of(452, "4.2.2", "Mailbox full");
      case "gone" -> Reply.of(550, "5.1.1", "Mailbox gone");
      default -> Reply.of(250, "2.1.5", "Delivered to " + to.mailbox().localPart());
    };
  }

  /** A socket gets the group of its folder, if that is said to pass it on. */
  private static void shareWithPostfix(Path folder) throws Exception {
    try {
      GroupPrincipal group =
          FileSystems.getDefault()
              .getUserPrincipalLookupService()
              .lookupPrincipalByGroupName("postfix");
      Files.getFileAttributeView(folder, PosixFileAttributeView.class).setGroup(group);
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-x---"));
      Files.setAttribute(folder, "unix:mode", 02750);
    } catch (java.nio.file.FileSystemException
        | java.nio.file.attribute.UserPrincipalNotFoundException e) {
      // Its test will be skipped: Postfix is not here, or not for this user.
    }
  }

  @Test
  void postfixDeliversOverAUnixDomainSocket() throws Exception {
    postfixDelivers("lmtp:unix:" + socket);
    assertThat(take().session().connection().clientAddress()).isEmpty();
  }

  @Test
  void postfixDeliversOverTcp() throws Exception {
    postfixDelivers("lmtp:inet:127.0.0.1:" + server.port());
    assertThat(take().session().connection().clientAddress()).isPresent();
  }

  private void postfixDelivers(String way) throws Exception {
    String[] settings = {
      "default_transport = " + way, "relayhost =", "lmtp_tls_security_level = none"
    };
    try (Postfix postfix = Postfix.relayingTo(server.port(), folder, settings)) {
      postfix.send(Messages.DOTS, "<>", "ann@x.test", "full@x.test", "gone@x.test");
      Awaitility.await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(() ->
              assertThat(postfix.log())
                  .containsPattern("to=<ann@x.test>,.* status=sent \\(250 2.1.5 Delivered to ann")
                  .containsPattern("to=<full@x.test>,.* status=deferred .*452 4.2.2 Mailbox full")
                  .containsPattern("to=<gone@x.test>,.* status=bounced .*550 5.1.1 Mailbox gone"));
    }
    assertThat(mails).hasSize(1);
    assertThat(mails.element().octets()).endsWith(Messages.DOTS);
    assertThat(mails.element().envelope().recipients()).hasSize(3);
  }

  @Test
  void pythonDeliversOverAUnixDomainSocketInClearAndUnderTls() throws Exception {
    String program =
        """
        import smtplib, ssl, sys
        anybody = ssl.create_default_context()
        anybody.check_hostname, anybody.verify_mode = False, ssl.CERT_NONE
        for version in (None, ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3):
            with smtplib.LMTP(sys.argv[1]) as lmtp:
                lmtp._host = 'mx.test'  # for SNI, which it takes the path for
                if version:
                    anybody.minimum_version = ssl.TLSVersion.TLSv1_2
                    anybody.maximum_version = version
                    print(lmtp.starttls(context=anybody))
                print(lmtp.ehlo('c.test'), lmtp.mail('a@b.org'))
                for to in ('ann', 'full', 'gone'):
                    print(lmtp.rcpt(to + '@x.test'))
                # It knows of one reply to the data, so the others are read by hand.
                print(lmtp.data('Hi\\r\\n' + 'x' * 70000), lmtp.getreply(), lmtp.getreply())
        """;
    Tool.find("python3", folder)
        .run("-c", program, socket.toString())
        .succeeds()
        .says("Delivered to ann') (452, b'4.2.2 Mailbox full') (550, b'5.1.1 Mailbox gone')");
    assertThat(take().session().isSecure()).isFalse();
    assertThat(take().session().tls().orElseThrow().protocol()).isEqualTo("TLSv1.2");
    Mail last = take();
    assertThat(last.session().tls().orElseThrow().protocol()).isEqualTo("TLSv1.3");
    assertThat(last.octets()).hasSize(70_006);
  }

  @Test
  void swaksDeliversOverTcpAndOverAUnixDomainSocket() throws Exception {
    Tool swaks = Tool.find("swaks", folder);
    String[] rest = {
      "--protocol", "LMTP", "-f", ANN, "-t", "full@x.test,ann@x.test", "-h", "c.test", "--pipeline"
    };
    swaks
        .run(command("-s", "127.0.0.1:" + server.port(), rest))
        .says("LHLO c.test", "452 4.2.2 Mailbox full", "250 2.1.5 Delivered to ann");
    assertThat(take().envelope().recipients()).hasSize(2);
    boolean hasUnix = swaks.run("--support").text().contains("Socket Transport supported");
    assumeTrue(hasUnix, "skipped: swaks has no Unix-domain sockets");
    swaks
        .run(command("--socket", socket.toString(), rest))
        .says("LHLO c.test", "452 4.2.2 Mailbox full", "250 2.1.5 Delivered to ann");
    assertThat(take().session().connection().clientAddress()).isEmpty();
  }

  @Test
  void eximAsksForAReplyForEachRecipient() throws Exception {
    Exim exim = Exim.relayingTo(server.server().port(2), folder);
    exim.send(Messages.DOTS, "<>", "ann@x.test", "full@x.test", "gone@x.test");
    Mail mail = take();
    assertThat(mail.envelope().mailFrom().parameters().has(Parameter.PRDR)).isTrue();
    assertThat(mail.envelope().recipients()).hasSize(3);
    assertThat(mail.octets()).endsWith(Messages.DOTS);
    assertThat(exim.log())
        .containsPattern("=> ann@x.test .* PRDR .*250 2.1.5 Delivered to ann")
        .containsPattern("== full@x.test .*452 4.2.2 Mailbox full")
        .containsPattern("\\*\\* gone@x.test .*550 5.1.1 Mailbox gone");
  }

  private static String[] command(String option, String value, String... rest) {
    String[] command = new String[rest.length + 2];
    command[0] = option;
    command[1] = value;
    System.arraycopy(rest, 0, command, 2, rest.length);
    return command;
  }

  private Mail take() throws InterruptedException {
    Mail mail = mails.poll(20, TimeUnit.SECONDS);
    assertThat(mail).isNotNull();
    return mail;
  }
}
