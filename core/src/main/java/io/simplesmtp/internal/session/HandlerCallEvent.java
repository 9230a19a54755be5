package io.simplesmtp.internal.session;

import io.simplesmtp.DataReply;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import org.jspecify.annotations.Nullable;

/**
 * A call of the application that is answered with a reply; in data it has the waits for content.
 */
@Name("io.simplesmtp.HandlerCall")
@Label("SMTP Handler Call")
@Description("A call of the application; that of data has the waits for the client's content in it")
final class HandlerCallEvent extends SmtpEvent {

  private static final HandlerCallEvent PROBE = new HandlerCallEvent();

  @Label("Method")
  String method = "";

  @Label("Reply")
  String reply = "";

  private HandlerCallEvent() {}

  static @Nullable HandlerCallEvent begun() {
    if (!PROBE.isEnabled()) {
      return null;
    }
    HandlerCallEvent event = new HandlerCallEvent();
    event.begin();
    return event;
  }

  void end(String id, String where, DataReply answer) {
    method = where;
    reply = answer.toString();
    commit(id);
  }
}
