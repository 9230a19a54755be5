package io.simplesmtp.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.simplesmtp.Envelope;
import io.simplesmtp.MailFrom;
import io.simplesmtp.Reply;
import io.simplesmtp.server.CloseCause;
import io.simplesmtp.server.Extension;
import io.simplesmtp.server.ServerEvents;
import io.simplesmtp.server.Session;
import io.simplesmtp.server.SmtpHandler;
import java.io.InputStream;
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
    assertThat(codesOfWrites(new Setup().withoutAuth().serving(handler)))
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
    assertThat(codesOfWrites(new Setup().withoutAuth().serving(handler)))
        .containsExactly("220", "250", "250 250 354", "250", "250 250 354", "250", "221");
  }

  @Test
  void norWhileEventsOrExtensionsOfTheApplicationAre() {
    SmtpHandler handler = (session, envelope, content) -> Reply.OK;
    List<String> writes = List.of("220", "250", "250 250 354", "250", "250 250 354", "250", "221");
    Setup observed = new Setup().withoutAuth().with(new ServerEvents() {}).serving(handler);
    assertThat(codesOfWrites(observed)).isEqualTo(writes);
    Extension own = () -> "XOWN";
    Setup extended = new Setup().withoutAuth().with(own).serving(handler);
    assertThat(codesOfWrites(extended)).isEqualTo(writes);
  }

  @Test
  void norWhileAChunkOfTheNextIsHandled() {
    String chunk = "MAIL FROM:<a@b.org>\r\nRCPT TO:<c@d.org>\r\nBDAT 4 LAST\r\nHi\r\n";
    List<String> heard = new ArrayList<>();
    Setup setup = new Setup().withoutAuth();
    Talk talk = new Talk(setup).says("EHLO client.test").does(() -> chunk + chunk + "QUIT\r\n");
    setup.serving((session, envelope, content) -> {
      heard.add(String.join(" ", talk.codes()));
      return Reply.OK;
    });
    assertThat(talk.run()).isEqualTo(CloseCause.QUIT);
    assertThat(heard).containsExactly("220 250 250 250", "220 250 250 250 250 250 250");
  }

  @Test
  void norWhileAPasswordIsChecked() {
    List<String> heard = new ArrayList<>();
    Setup setup = new Setup().serving((session, envelope, content) -> Reply.OK);
    Talk talk =
        new Talk(setup)
            .says("EHLO client.test")
            .does(() -> GROUP)
            .does(() -> CONTENT + "AUTH PLAIN AGFubgBzZWNyZXQ=\r\n")
            .says("QUIT");
    setup.checking((session, user, password) -> {
      heard.add(String.join(" ", talk.codes()));
      return Optional.of(user);
    });
    assertThat(talk.run()).isEqualTo(CloseCause.QUIT);
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
    assertThat(codesOfWrites(new Setup().withoutAuth().serving(handler)))
        .containsExactly("220", "250", "250 250 354", "250", "250 250 354", "250", "221");
  }

  @Test
  void aFinalReplyThatClosesGoesOutAtOnceAndNothingStaysHeld() {
    SmtpHandler handler = (session, envelope, content) -> Reply.of(421, "4.3.2", "Enough");
    Talk talk =
        new Talk(new Setup().withoutAuth().serving(handler))
            .says("EHLO client.test")
            .does(() -> GROUP)
            .does(() -> CONTENT + "NOOP\r\n");
    assertThat(talk.run()).isEqualTo(CloseCause.REFUSED);
    assertThat(talk.codes()).containsExactly("220", "250", "250 250 354", "421");
    assertThat(talk.memory().held()).isZero();
  }

  /** The reply codes of each write, while the client sends its groups without a wait. */
  private static List<String> codesOfWrites(Setup setup) {
    Talk talk = new Talk(setup);
    for (String group : CLIENT) {
      talk.does(() -> group);
    }
    CloseCause unused = talk.run();
    return talk.codes();
  }
}
