package io.simplesmtp.server;

import io.simplesmtp.DataReply;
import io.simplesmtp.Envelope;
import io.simplesmtp.Hello;
import io.simplesmtp.MailFrom;
import io.simplesmtp.RcptTo;
import io.simplesmtp.Reply;
import java.io.InputStream;
import java.util.Optional;

/** A handler behind a policy. Notices go to both, whatever the first of them throws. */
record Guarded(SmtpPolicy policy, SmtpHandler handler) implements SmtpHandler {

  /** What is asked or told of one of the two. */
  @FunctionalInterface
  private interface Call<T> {
    T make() throws Exception;
  }

  @FunctionalInterface
  private interface Notice {
    void give() throws Exception;
  }

  @Override
  public Reply connect(Session session) throws Exception {
    return first(policy.connect(session), () -> handler.connect(session));
  }

  @Override
  public Reply hello(Session session, Hello hello) throws Exception {
    return first(policy.hello(session, hello), () -> handler.hello(session, hello));
  }

  @Override
  public void secured(Session session) throws Exception {
    handler.secured(session);
  }

  @Override
  public Reply authenticated(Session session) throws Exception {
    return first(policy.authenticated(session), () -> handler.authenticated(session));
  }

  @Override
  public Reply mail(Session session, MailFrom from) throws Exception {
    return first(policy.mail(session, from), () -> handler.mail(session, from));
  }

  @Override
  public Reply rcpt(Session session, Envelope soFar, RcptTo to) throws Exception {
    return first(policy.rcpt(session, soFar, to), () -> handler.rcpt(session, soFar, to));
  }

  @Override
  public Reply beforeData(Session session, Envelope envelope) throws Exception {
    return first(policy.beforeData(session, envelope), () -> handler.beforeData(session, envelope));
  }

  @Override
  public DataReply data(Session session, Envelope envelope, InputStream content) throws Exception {
    return policy.data(session, envelope, content, (e, c) -> handler.data(session, e, c));
  }

  @Override
  public void completed(Session session, Envelope envelope, DataReply reply, Outcome outcome)
      throws Exception {
    both(
        () -> policy.completed(session, envelope, reply, outcome),
        () -> handler.completed(session, envelope, reply, outcome));
  }

  @Override
  public void reset(Session session, Envelope envelope) throws Exception {
    both(() -> policy.reset(session, envelope), () -> handler.reset(session, envelope));
  }

  @Override
  public Reply vrfy(Session session, String query) throws Exception {
    return handler.vrfy(session, query);
  }

  @Override
  public Reply expn(Session session, String list) throws Exception {
    return handler.expn(session, list);
  }

  @Override
  public Reply help(Session session, String topic) throws Exception {
    return handler.help(session, topic);
  }

  @Override
  public Reply rephrase(Session session, String verb, Reply reply) throws Exception {
    return handler.rephrase(session, verb, reply);
  }

  @Override
  public void closed(Session session, CloseCause cause) throws Exception {
    both(() -> policy.closed(session, cause), () -> handler.closed(session, cause));
  }

  private static Reply first(Optional<Reply> refusal, Call<Reply> otherwise) throws Exception {
    if (refusal.isEmpty()) {
      return otherwise.make();
    }
    if (!refusal.get().isTransient() && !refusal.get().isPermanent()) {
      throw new IllegalStateException("A policy refuses with 4xx or 5xx: " + refusal.get());
    }
    return refusal.get();
  }

  @SuppressWarnings("try") // each is told of the end as a resource is closed: all, in any case
  private static void both(Notice policy, Notice handler) throws Exception {
    try (AutoCloseable last = handler::give) {
      policy.give();
    }
  }
}
