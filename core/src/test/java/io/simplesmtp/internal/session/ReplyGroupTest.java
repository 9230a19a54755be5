package io.simplesmtp.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.simplesmtp.Envelope;
import io.simplesmtp.Host;
import io.simplesmtp.MailFrom;
import io.simplesmtp.Reply;
import io.simplesmtp.auth.SaslMechanism;
import io.simplesmtp.internal.protocol.CommandParser;
import io.simplesmtp.internal.protocol.Rules;
import io.simplesmtp.internal.wire.Buffers;
import io.simplesmtp.internal.wire.Memory;
import io.simplesmtp.server.ConnectionInfo;
import io.simplesmtp.server.Extension;
import io.simplesmtp.server.Limits;
import io.simplesmtp.server.Listener;
import io.simplesmtp.server.PasswordCheck;
import io.simplesmtp.server.ServerEvents;
import io.simplesmtp.server.Session;
import io.simplesmtp.server.SmtpHandler;
import io.simplesmtp.server.Timeouts;
import io.simplesmtp.server.TlsInfo;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which replies go out in one write (RFC 2920 section 3.2). */
class ReplyGroupTest {

  private static final String GROUP = "MAIL FROM:<a@b.org>\r\nRCPT TO:<c@d.org>\r\nDATA\r\n";
  private static final String CONTENT = "s: 1\r\n\r\nHi\r\n.\r\n";
  private static final String[] CLIENT = {
    "EHLO client.test\r\n", GROUP, CONTENT + GROUP, CONTENT + "QUIT\r\n"
  };

  @Test
  void withAHandlerThatIsAskedForDataAloneAMessageCostsOneWrite() {
    SmtpHandler handler = (session, envelope, content) -> Reply.OK;
    assertThat(codesOfWrites(handler, ServerEvents.NONE, List.of()))
        .containsExactly("220", "250", "250 250 354", "250 250 250 354", "250 221");
  }

  @Test
  void nobodyWaitsForTheReplyToAMessageWhileTheApplicationIsAskedOfTheNext() {
    SmtpHandler handler =
        new SmtpHandler() {
          @Override
          public Reply mail(Session session, MailFrom from) {
            return Reply.OK;
          }

          @Override
          public Reply data(Session session, Envelope envelope, InputStream content) {
            return Reply.OK;
          }
        };
    assertThat(codesOfWrites(handler, ServerEvents.NONE, List.of()))
        .containsExactly("220", "250", "250 250 354", "250", "250 250 354", "250", "221");
  }

  @Test
  void norWhileEventsOrExtensionsOfTheApplicationAre() {
    SmtpHandler handler = (session, envelope, content) -> Reply.OK;
    List<String> writes = List.of("220", "250", "250 250 354", "250", "250 250 354", "250", "221");
    assertThat(codesOfWrites(handler, new ServerEvents() {}, List.of())).isEqualTo(writes);
    Extension own = () -> "XOWN";
    assertThat(codesOfWrites(handler, ServerEvents.NONE, List.of(own))).isEqualTo(writes);
  }

  @Test
  void norWhileAChunkOfTheNextIsHandled() {
    String chunk = "MAIL FROM:<a@b.org>\r\nRCPT TO:<c@d.org>\r\nBDAT 4 LAST\r\nHi\r\n";
    Groups groups = new Groups("EHLO client.test\r\n", chunk + chunk + "QUIT\r\n");
    List<String> heard = new ArrayList<>();
    SmtpHandler handler =
        (session, envelope, content) -> {
          heard.add(String.join(" ", codes(groups)));
          return Reply.OK;
        };
    run(groups, settings(groups.info().listener(), handler, ServerEvents.NONE, List.of()));
    assertThat(heard).containsExactly("220 250 250 250", "220 250 250 250 250 250 250");
  }

  @Test
  void norWhileAPasswordIsChecked() {
    Groups groups =
        new Groups(
            "EHLO client.test\r\n", GROUP, CONTENT + "AUTH PLAIN AGFubgBzZWNyZXQ=\r\n", "QUIT\r\n");
    List<String> heard = new ArrayList<>();
    PasswordCheck check =
        (session, user, password) -> {
          heard.add(String.join(" ", codes(groups)));
          return Optional.of(user);
        };
    SmtpHandler handler = (session, envelope, content) -> Reply.OK;
    Listener listener = groups.info().listener().withAuthWithoutTls(true);
    run(groups, settings(listener, handler, ServerEvents.NONE, List.of(), Optional.of(check)));
    assertThat(heard).containsExactly("220 250 250 250 354 250");
  }

  @Test
  void norWhileTheHandlerMayBeAskedForAnotherClient() {
    SmtpHandler handler =
        new SmtpHandler() {
          @Override
          public Reply connect(Session session) { // again after XCLIENT
            return Reply.OK;
          }

          @Override
          public Reply data(Session session, Envelope envelope, InputStream content) {
            return Reply.OK;
          }
        };
    assertThat(codesOfWrites(handler, ServerEvents.NONE, List.of()))
        .containsExactly("220", "250", "250 250 354", "250", "250 250 354", "250", "221");
  }

  @Test
  void aFinalReplyThatClosesGoesOutAtOnceAndNothingStaysHeld() {
    SmtpHandler handler = (session, envelope, content) -> Reply.of(421, "4.3.2", "Enough");
    Groups groups = new Groups("EHLO client.test\r\n", GROUP, CONTENT + "NOOP\r\n");
    SessionSettings settings =
        settings(groups.info().listener(), handler, ServerEvents.NONE, List.of());
    run(groups, settings);
    assertThat(codes(groups)).containsExactly("220", "250", "250 250 354", "421");
    assertThat(settings.buffers().memory().held()).isZero();
  }

  /** The reply codes of each write, while the client sends its groups without a wait. */
  private static List<String> codesOfWrites(
      SmtpHandler handler, ServerEvents events, List<Extension> more) {
    Groups groups = new Groups(CLIENT);
    run(groups, settings(groups.info().listener(), handler, events, more));
    return codes(groups);
  }

  private static void run(Groups groups, SessionSettings settings) {
    new Conversation("S1", groups, Optional.empty(), settings, new Deadline(Timeouts.DEFAULT))
        .run();
  }

  private static List<String> codes(Groups groups) {
    return groups.writes.stream()
        .map(write -> write.replaceAll("(?m)^\\d{3}-.*\r\n", ""))
        .map(write -> write.replaceAll("(?m) .*\r\n", " ").strip())
        .toList();
  }

  private static SessionSettings settings(
      Listener listener, SmtpHandler handler, ServerEvents events, List<Extension> more) {
    return settings(listener, handler, events, more, Optional.empty());
  }

  private static SessionSettings settings(
      Listener listener,
      SmtpHandler handler,
      ServerEvents events,
      List<Extension> more,
      Optional<PasswordCheck> passwords) {
    List<SaslMechanism> mechanisms =
        passwords.isEmpty()
            ? List.of()
            : SaslMechanism.all().stream().filter(m -> m.name().equals("PLAIN")).toList();
    CredentialChecks none = CredentialChecks.NONE;
    CredentialChecks checks =
        new CredentialChecks(
            passwords,
            none.scram(),
            none.secrets(),
            none.tokens(),
            none.certificates(),
            none.anonymous());
    Host host = Host.parse("mx.test");
    Rules rules =
        SessionSettings.rules(
            host,
            listener,
            Limits.DEFAULT,
            false,
            mechanisms.stream().map(SaslMechanism::name).toList());
    Extensions extensions = new Extensions(rules, more);
    return new SessionSettings(
        rules,
        new CommandParser(extensions.grammar(), false, host),
        "",
        extensions,
        session -> handler,
        new Authentication("mx.test", mechanisms, checks, true, List.of()),
        Limits.DEFAULT,
        Timeouts.DEFAULT,
        events,
        new Buffers(new Memory(Long.MAX_VALUE)));
  }

  /** Each read of the server gets one group. */
  private static final class Groups implements Transport {

    private final List<String> writes = new ArrayList<>();
    private final String[] groups;
    private int next;

    Groups(String... groups) {
      this.groups = groups;
    }

    @Override
    public InputStream in() {
      return in;
    }

    private final InputStream in =
        new InputStream() {
          private InputStream group = InputStream.nullInputStream();

          @Override
          public int read() throws IOException {
            throw new IOException("The server reads in bulk");
          }

          @Override
          public int read(byte[] target, int offset, int length) throws IOException {
            int count = group.read(target, offset, length);
            if (count < 0 && next < groups.length) {
              group = new ByteArrayInputStream(groups[next++].getBytes(StandardCharsets.US_ASCII));
              count = group.read(target, offset, length);
            }
            return count;
          }
        };

    @Override
    public OutputStream out() {
      return new OutputStream() {
        @Override
        public void write(int octet) throws IOException {
          throw new IOException("The server writes in bulk");
        }

        @Override
        public void write(byte[] source, int offset, int length) {
          writes.add(new String(source, offset, length, StandardCharsets.US_ASCII));
        }
      };
    }

    @Override
    public boolean isEarly() {
      return false;
    }

    @Override
    public ConnectionInfo info() {
      InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 25);
      return new ConnectionInfo(address, address, Listener.smtp(25));
    }

    @Override
    public TlsInfo startTls() throws IOException {
      throw new IOException("Not here");
    }
  }
}
