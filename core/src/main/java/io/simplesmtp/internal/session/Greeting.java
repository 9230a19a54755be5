package io.simplesmtp.internal.session;

import io.simplesmtp.Reply;
import io.simplesmtp.internal.protocol.Replies;
import io.simplesmtp.internal.protocol.SmtpMachine;
import io.simplesmtp.server.Session;
import java.util.List;
import java.util.Objects;

/**
 * The first word to a client (RFC 5321 section 3.1), and again after XCLIENT has made it another.
 *
 * @param respondent gets its handler here, when a client is first greeted
 */
record Greeting(SessionSettings settings, Respondent respondent, SmtpMachine machine) {

  /** Asks whether the client may come in, and turns the answer into a greeting. */
  Reply to(Session session) {
    Reply answer = HandlerCalls.ask(session, "connect", () -> connect(session));
    if (answer.isPositive()) {
      return answer;
    }
    if (answer.isTransient()) {
      return recoded(answer, 421);
    }
    machine.rejected();
    return answer.code() == 521 ? answer : recoded(answer, 554); // 521: RFC 7504
  }

  private Reply connect(Session session) throws Exception {
    if (!respondent.hasHandler()) {
      respondent.handler(Objects.requireNonNull(settings.handlers().apply(session), "no handler"));
    }
    Reply answer = respondent.handler().connect(session);
    if (!answer.isPositive()) {
      return answer;
    }
    List<String> banner = answer.code() == 220 ? answer.lines() : List.of(settings.banner());
    String protocol = settings.rules().isLmtp() ? "LMTP" : "ESMTP";
    return Replies.greeting(settings.rules().hostname(), protocol, banner);
  }

  private static Reply recoded(Reply reply, int code) {
    return new Reply(code, reply.status(), reply.lines());
  }
}
