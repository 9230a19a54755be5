package io.simplesmtp.server;

import io.simplesmtp.DataReply;
import io.simplesmtp.Envelope;
import io.simplesmtp.Hello;
import io.simplesmtp.MailFrom;
import io.simplesmtp.RcptTo;
import io.simplesmtp.Reply;
import java.io.InputStream;
import java.util.Optional;

/**
 * One rule that stands before a {@link SmtpHandler}: it may refuse what a client asks for, and what
 * it lets pass goes on to the next policy and in the end to the handler, whose reply is the reply.
 *
 * <pre>{@code
 * SmtpPolicy noBounces = new SmtpPolicy() {
 *   @Override public Optional<Reply> mail(Session session, MailFrom from) {
 *     return from.reversePath() instanceof NullPath
 *         ? Optional.of(Reply.of(550, "5.7.1", "No bounces here"))
 *         : Optional.empty();
 *   }
 * };
 * SmtpServer.builder().policies(noBounces).handler(handler);
 * }</pre>
 *
 * <p>All methods have a default, which lets pass. A judgement is a 4xx or 5xx reply, or empty: a
 * policy cannot accept, so the first refusal ends the matter, and the policies behind it and the
 * handler are not asked. Threads, exceptions and the meaning of a refusal are as in {@link
 * SmtpHandler}. A policy is shared by all sessions, also where each has a handler of its own.
 *
 * <p>Those that come with the library are in {@link io.simplesmtp.server.policy}.
 */
public interface SmtpPolicy {

  /** The rest of the way of mail data: the policies behind this one, and the handler. */
  @FunctionalInterface
  interface Next {

    /**
     * Passes the data on.
     *
     * @param envelope as the rest is to see it; an answer for each recipient is for those that the
     *     client named, in their order, whatever this one says
     * @param content as the rest is to see it
     * @return the answer, which may be returned to the client or replaced by a refusal
     */
    DataReply data(Envelope envelope, InputStream content) throws Exception;
  }

  /** Judges a client that has connected. */
  default Optional<Reply> connect(Session session) throws Exception {
    return Optional.empty();
  }

  /** Judges HELO or EHLO. */
  default Optional<Reply> hello(Session session, Hello hello) throws Exception {
    return Optional.empty();
  }

  /** Judges a client that has proved who it is. */
  default Optional<Reply> authenticated(Session session) throws Exception {
    return Optional.empty();
  }

  /** Judges a reverse-path. */
  default Optional<Reply> mail(Session session, MailFrom from) throws Exception {
    return Optional.empty();
  }

  /**
   * Judges a recipient.
   *
   * @param soFar the transaction with the recipients that were accepted before this one
   */
  default Optional<Reply> rcpt(Session session, Envelope soFar, RcptTo to) throws Exception {
    return Optional.empty();
  }

  /** Judges a transaction before its data is asked for. */
  default Optional<Reply> beforeData(Session session, Envelope envelope) throws Exception {
    return Optional.empty();
  }

  /**
   * Passes mail data on, with another envelope or a wrapped stream if need be, or answers without.
   * The answer of {@code next} may stand for a message that was stored; who wants to refuse for
   * what stands in the data throws an {@link io.simplesmtp.SmtpRejectException} from the stream.
   *
   * @param content as in {@link SmtpHandler#data}
   */
  default DataReply data(Session session, Envelope envelope, InputStream content, Next next)
      throws Exception {
    return next.data(envelope, content);
  }

  /** A transaction has its final reply, as in {@link SmtpHandler#completed}. */
  default void completed(Session session, Envelope envelope, DataReply reply, Outcome outcome)
      throws Exception {}

  /** A transaction came to no final reply, as in {@link SmtpHandler#reset}. */
  default void reset(Session session, Envelope envelope) throws Exception {}

  /** The session is over; called even if another policy refused it at its begin. */
  default void closed(Session session, CloseCause cause) throws Exception {}

  /** A handler that asks this policy first. */
  default SmtpHandler before(SmtpHandler handler) {
    return new Guarded(this, handler);
  }
}
