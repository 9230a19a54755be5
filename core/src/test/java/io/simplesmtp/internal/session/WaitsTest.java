package io.simplesmtp.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.simplesmtp.Envelope;
import io.simplesmtp.Reply;
import io.simplesmtp.server.Activity;
import io.simplesmtp.server.CloseCause;
import io.simplesmtp.server.Session;
import io.simplesmtp.server.SmtpHandler;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a session waits for, and what it holds meanwhile, as an operator sees it. */
class WaitsTest {

  @Test
  void aMessageByDataIsAwaitedAsData() {
    Talk talk =
        new Talk(new Setup())
            .says("EHLO client.test")
            .says("MAIL FROM:<>", "RCPT TO:<a@b.org>", "DATA")
            .says("Hi", ".")
            .says("QUIT");
    assertThat(talk.run()).isEqualTo(CloseCause.QUIT);
    assertThat(talk.waits())
        .containsExactly(Activity.COMMAND, Activity.COMMAND, Activity.DATA, Activity.COMMAND);
  }

  @Test
  void chunksAreAwaitedAsDataAndTheCommandsBetweenThemAreNot() {
    Talk talk =
        new Talk(new Setup())
            .says("EHLO client.test", "MAIL FROM:<>", "RCPT TO:<a@b.org>", "BDAT 4")
            .says("Hi")
            .says("BDAT 4 LAST")
            .says("Hi")
            .says("QUIT");
    assertThat(talk.run()).isEqualTo(CloseCause.QUIT);
    assertThat(talk.waits())
        .containsExactly(
            Activity.COMMAND, Activity.DATA, Activity.COMMAND, Activity.DATA, Activity.COMMAND);
  }

  @Test
  void aChunkOfNoMessageIsAwaitedAsData() {
    Talk talk = new Talk(new Setup()).says("EHLO client.test").says("BDAT 4").says("Hi");
    assertThat(talk.run()).isEqualTo(CloseCause.CLIENT_GONE);
    assertThat(talk.waits())
        .containsExactly(Activity.COMMAND, Activity.COMMAND, Activity.DATA, Activity.COMMAND);
    assertThat(talk.codes()).containsExactly("220", "250", "503");
  }

  @Test
  void theClientIsToldToSendBeforeTheHandlerIsAsked() {
    List<String> heard = new ArrayList<>();
    Setup setup = new Setup();
    Talk talk =
        new Talk(setup)
            .says("EHLO client.test")
            .says("MAIL FROM:<>", "RCPT TO:<a@b.org>", "DATA", "Hi", ".", "QUIT");
    setup.serving((session, envelope, content) -> {
      heard.addAll(talk.heard());
      return Reply.OK;
    });
    assertThat(talk.run()).isEqualTo(CloseCause.QUIT);
    assertThat(heard).endsWith("354 End data with <CR><LF>.<CR><LF>");
  }

  @Test
  void aHandshakeIsAwaitedAndThenTheHandlerIsTold() {
    List<Activity> told = new ArrayList<>();
    Setup setup = new Setup();
    Talk talk = new Talk(setup).says("EHLO client.test").says("STARTTLS").says("QUIT");
    setup.serving(
        new SmtpHandler() {
          @Override
          public void secured(Session session) {
            told.add(talk.activity());
          }

          @Override
          public Reply data(Session session, Envelope envelope, InputStream content) {
            return Reply.OK;
          }
        });
    assertThat(talk.run()).isEqualTo(CloseCause.QUIT);
    assertThat(talk.waits())
        .containsExactly(Activity.COMMAND, Activity.COMMAND, Activity.HANDSHAKE, Activity.COMMAND);
    assertThat(told).containsExactly(Activity.HANDLER);
    assertThat(talk.memory().held()).isZero();
  }
}
