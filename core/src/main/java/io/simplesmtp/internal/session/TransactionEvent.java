package io.simplesmtp.internal.session;

import io.simplesmtp.DataReply;
import io.simplesmtp.Envelope;
import io.simplesmtp.server.Session;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import org.jspecify.annotations.Nullable;

/** A mail transaction, from the handler's yes to MAIL to its final reply or its reset. */
@Name("io.simplesmtp.Transaction")
@Label("SMTP Mail Transaction")
@Description("A mail transaction, from the handler's yes to MAIL to its final reply or its reset")
final class TransactionEvent extends SmtpEvent {

  private static final TransactionEvent PROBE = new TransactionEvent();

  @Label("Transaction Id")
  String transaction = "";

  @Label("Recipients")
  int recipients;

  @Label("Content Size")
  @DataAmount
  long octets;

  @Label("Final Reply")
  @Description("Empty if the transaction was reset")
  String reply = "";

  private TransactionEvent() {}

  static @Nullable TransactionEvent begun() {
    if (!PROBE.isEnabled()) {
      return null;
    }
    TransactionEvent event = new TransactionEvent();
    event.begin();
    return event;
  }

  void end(Session session, Envelope envelope, long size, @Nullable DataReply answer) {
    transaction = envelope.id();
    recipients = envelope.recipients().size();
    octets = size;
    reply = answer == null ? "" : answer.toString();
    commit(session.id());
  }
}
