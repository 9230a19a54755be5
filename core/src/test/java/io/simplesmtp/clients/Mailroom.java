package io.simplesmtp.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.simplesmtp.Envelope;
import io.simplesmtp.MailFrom;
import io.simplesmtp.RcptTo;
import io.simplesmtp.Reply;
import io.simplesmtp.server.Admission;
import io.simplesmtp.server.Auth;
import io.simplesmtp.server.CloseCause;
import io.simplesmtp.server.Extension;
import io.simplesmtp.server.Limits;
import io.simplesmtp.server.Listener;
import io.simplesmtp.server.Network;
import io.simplesmtp.server.Session;
import io.simplesmtp.server.SmtpHandler;
import io.simplesmtp.server.SmtpServer;
import io.simplesmtp.server.TestServer;
import io.simplesmtp.server.Tls;
import io.simplesmtp.server.TlsConfig;
import io.simplesmtp.server.Trust;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A server that keeps what it is sent: octets, envelope and session. It knows one user, takes at
 * most {@link #MOST_OCTETS}, and refuses every recipient whose local-part begins with {@code no}
 * and every sender whose local-part is {@code spammer}.
 */
final class Mailroom implements AutoCloseable {

  static final String HOST = "127.0.0.1";
  static final String USER = "ann@example.org";
  static final String PASSWORD = "s3cret & more";

  /** Another password of the same user, for clients that can send it. */
  static final String UTF8_PASSWORD = "s3cret & \u00fcber";

  static final int MOST_OCTETS = 16 << 20;

  private static final Network LOOPBACK = Network.parse("127.0.0.0/8");
  private static final Network HERE = Network.parse(HOST);
  private static final long PATIENCE_SECONDS = 20;

  private final BlockingQueue<Mail> mails = new LinkedBlockingQueue<>();
  private final Path certificate;
  private final TestServer server;

  /** Starts it; its certificate is put into the folder. */
  Mailroom(Path folder) throws IOException {
    certificate = folder.resolve("mailroom.crt");
    Path key = folder.resolve("mailroom.key");
    TlsConfig.writeSelfSigned(HOST, certificate, key);
    Limits limits = Limits.DEFAULT.withMessageSize(MOST_OCTETS);
    server =
        new TestServer(
            SmtpServer.builder()
                .listen(TestServer.loopback())
                .listen(Listener.submission(free()))
                .listen(Listener.submissions(free()))
                .listen(TestServer.loopback().withTls(Tls.NONE).withAuthWithoutTls(true))
                .listen(local().withTrust(Trust.NOBODY.withProxies(LOOPBACK)))
                .listen(local().withTrust(Trust.NOBODY.withXclients(HERE).withXforwards(HERE)))
                .limits(limits)
                .extensions(Extension.dsn())
                .admission(Admission.DEFAULT.withConnectionsPerClient(5_000))
                .tls(TlsConfig.fromPem(certificate, key))
                .passwords(Mailroom::verify)
                .extensions(Extension.binaryMime())
                .handler(new Keeper()));
  }

  /** The port where STARTTLS is offered and nothing is required. */
  int port() {
    return port(0);
  }

  /** The port where STARTTLS and AUTH are required. */
  int submission() {
    return port(1);
  }

  /** The port of implicit TLS, where AUTH is required. */
  int submissions() {
    return port(2);
  }

  /** The port without TLS where passwords go in clear. */
  int clear() {
    return port(3);
  }

  /** The port where every connection begins with a PROXY header; neither TLS nor AUTH. */
  int proxied() {
    return port(4);
  }

  /** The port where XCLIENT and XFORWARD are served to 127.0.0.1; neither TLS nor AUTH. */
  int trusting() {
    return port(5);
  }

  /** The certificate, a PEM file. */
  Path certificate() {
    return certificate;
  }

  /** The next message; waits for it. */
  Mail take() throws InterruptedException {
    Mail mail = mails.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    assertThat(mail).as("a message arrives").isNotNull();
    return mail;
  }

  /** Checks that there is no message left; for when the client has gone. */
  void isEmpty() {
    assertThat(mails).isEmpty();
  }

  /** Waits until as many sessions have ended, and returns how they did. */
  Map<String, CloseCause> awaitEnded(int sessions) {
    return server.awaitEnded(sessions);
  }

  @Override
  public void close() {
    server.close();
  }

  private int port(int listener) {
    return server.server().port(listener);
  }

  private static Listener local() {
    return TestServer.loopback().withTls(Tls.NONE).withAuth(Auth.NONE);
  }

  private static InetSocketAddress free() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  private static Optional<String> verify(Session session, String user, String password) {
    boolean isKnown =
        user.equals(USER) && (password.equals(PASSWORD) || password.equals(UTF8_PASSWORD));
    return isKnown ? Optional.of(user) : Optional.empty();
  }

  /**
   * One received message.
   *
   * @param octets its content, one character for each octet
   */
  record Mail(Session session, Envelope envelope, String octets) {

    /** Checks the envelope. */
    Mail isFor(String from, String... to) {
      assertThat(envelope.reversePath()).hasToString(from);
      assertThat(envelope.recipients())
          .extracting(rcpt -> rcpt.mailbox().toString())
          .containsExactly(to);
      return this;
    }

    /** Checks the content, octet by octet. */
    Mail contains(byte[] octetsSent) {
      return contains(new String(octetsSent, StandardCharsets.ISO_8859_1));
    }

    /** Checks the content, octet by octet. */
    Mail contains(String octetsSent) {
      assertThat(octets).isEqualTo(octetsSent);
      return this;
    }

    /** Checks that a part of the content is these characters in UTF-8. */
    Mail includes(String text) {
      assertThat(new String(octets.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8))
          .contains(text);
      return this;
    }

    /** Checks the parameters that came with MAIL, and those with the first RCPT. */
    Mail asks(String ofMail, String ofRcpt) {
      assertThat(envelope.mailFrom().parameters().toString()).contains(ofMail);
      assertThat(envelope.recipients().get(0).parameters()).hasToString(ofRcpt);
      return this;
    }

    /** Checks that the client announced international mail. */
    Mail isUtf8() {
      assertThat(envelope.mailFrom().isSmtpUtf8()).isTrue();
      return this;
    }

    /** Checks that it came under this version of TLS. */
    Mail isSecure(String protocol) {
      assertThat(session.tls().orElseThrow().protocol()).isEqualTo(protocol);
      return this;
    }

    /** Checks that it came under TLS or not. */
    Mail isSecure(boolean expected) {
      assertThat(session.isSecure()).isEqualTo(expected);
      return this;
    }

    /** Checks that the client proved to be the user, by this mechanism. */
    Mail isFromUser(String mechanism) {
      assertThat(session.identity().orElseThrow().name()).isEqualTo(USER);
      assertThat(session.identity().orElseThrow().mechanism()).isEqualTo(mechanism);
      return this;
    }
  }

  private final class Keeper implements SmtpHandler {
    @Override
    public Reply mail(Session session, MailFrom from) {
      return from.reversePath().toString().startsWith("spammer@")
          ? Reply.of(550, "5.7.1", "Not from you")
          : Reply.SENDER_OK;
    }

    @Override
    public Reply rcpt(Session session, Envelope soFar, RcptTo to) {
      return to.mailbox().localPart().startsWith("no")
          ? Reply.of(550, "5.1.1", "No such mailbox")
          : Reply.RECIPIENT_OK;
    }

    @Override
    public Reply data(Session session, Envelope envelope, InputStream content) throws IOException {
      String octets = new String(content.readAllBytes(), StandardCharsets.ISO_8859_1);
      mails.add(new Mail(session, envelope, octets));
      return Reply.ok("Queued as " + envelope.id());
    }
  }
}
