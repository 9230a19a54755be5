package io.simplesmtp.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.simplesmtp.Envelope;
import io.simplesmtp.RcptTo;
import io.simplesmtp.Reply;
import io.simplesmtp.server.CloseCause;
import io.simplesmtp.server.Extension;
import io.simplesmtp.server.Session;
import io.simplesmtp.server.SmtpHandler;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a service extension has against a recipient, before the handler is asked. */
class RefusalTest {

  private final List<String> asked = new ArrayList<>();

  /** Takes one recipient for each message. */
  private static final class One implements Extension {
    @Override
    public String keyword() {
      return "XONE";
    }

    @Override
    public Optional<Reply> refusal(Session session, Envelope soFar, RcptTo to) {
      return soFar.recipients().isEmpty()
          ? Optional.empty()
          : Optional.of(Reply.of(452, "4.5.3", "One at a time"));
    }
  }

  @Test
  void aRecipientThatAnExtensionRefusesIsNoneForTheHandler() {
    SmtpHandler handler =
        new SmtpHandler() {
          @Override
          public Reply rcpt(Session session, Envelope soFar, RcptTo to) {
            asked.add(to.mailbox().path());
            return Reply.RECIPIENT_OK;
          }

          @Override
          public Reply data(Session session, Envelope envelope, InputStream content) {
            return Reply.OK;
          }
        };
    Talk talk =
        new Talk(new Setup().with(new One()).serving(handler))
            .says("EHLO client.test", "MAIL FROM:<>", "RCPT TO:<a@b.org>", "RCPT TO:<c@d.org>");
    assertThat(talk.run()).isEqualTo(CloseCause.CLIENT_GONE);
    assertThat(talk.heard()).endsWith("250 2.1.5 Recipient OK", "452 4.5.3 One at a time");
    assertThat(asked).containsExactly("<a@b.org>");
  }
}
