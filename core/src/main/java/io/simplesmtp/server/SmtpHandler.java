package io.simplesmtp.server;

import io.simplesmtp.DataReply;
import io.simplesmtp.Envelope;
import io.simplesmtp.Hello;
import io.simplesmtp.MailFrom;
import io.simplesmtp.RcptTo;
import io.simplesmtp.Reply;
import java.io.InputStream;

/**
 * What an application answers to its clients. The methods are named after the SMTP commands; only
 * {@link #data} must be written, so a lambda is a server.
 *
 * <pre>{@code
 * SmtpHandler handler = (session, envelope, content) -> {
 *   System.out.println(envelope + ", " + content.readAllBytes().length + " bytes");
 *   return Reply.OK;
 * };
 * }</pre>
 *
 * <p>A handler is shared by all connections and is called by many threads at once, but for one
 * session always in the order of its commands and never twice at a time. Each call comes on the
 * connection's own virtual thread and may block: only that client waits.
 *
 * <p>A method returns the reply and the engine writes it. A 2xx reply accepts, 4xx and 5xx refuse,
 * and 421 closes the connection as well. An {@link io.simplesmtp.SmtpRejectException} is answered
 * with its reply; any other exception is logged with the session id and answered with {@code 451
 * 4.3.0}. So is a reply that would break the dialogue: a 3xx, or a 221.
 */
@FunctionalInterface
public interface SmtpHandler {

  /**
   * A client has connected. With a 2xx reply it is greeted as the server is configured; with 220
   * the reply's lines stand in the place of the banner. A 4xx reply is sent as 421, a 5xx one as
   * 554, or as 521 if it is that (RFC 7504); after it only QUIT is served (RFC 5321 section 3.1). A
   * greeting carries no enhanced status (RFC 2034 section 4).
   */
  default Reply connect(Session session) throws Exception {
    return Reply.OK;
  }

  /**
   * The client says HELO or EHLO. After a 2xx reply the engine lists its service extensions; a
   * refusal is sent without its enhanced status (RFC 2034 section 4).
   */
  default Reply hello(Session session, Hello hello) throws Exception {
    return Reply.OK;
  }

  /**
   * The client begins a mail transaction. The reverse-path may be the null path, {@link
   * io.simplesmtp.ReversePath#NULL}, which bounces and notices have.
   */
  default Reply mail(Session session, MailFrom from) throws Exception {
    return Reply.SENDER_OK;
  }

  /**
   * The client names a recipient. A refused one does not end the transaction.
   *
   * @param soFar the transaction with the recipients that were accepted before this one
   */
  default Reply rcpt(Session session, Envelope soFar, RcptTo to) throws Exception {
    return Reply.RECIPIENT_OK;
  }

  /**
   * The client wants to send the mail data; at least one recipient was accepted. After a 2xx reply
   * the engine answers 354 and calls {@link #data}; a refusal spares the client the transfer and
   * ends the transaction. A client that sends chunks has begun with the first: after a 2xx reply
   * {@link #data} is called, and a refusal is sent once that chunk was dropped (RFC 3030).
   */
  default Reply beforeData(Session session, Envelope envelope) throws Exception {
    return Reply.OK;
  }

  /**
   * The mail data arrives, by DATA or by BDAT. The reply is sent to the client after the data has
   * been read to its end by the handler or, what it left, by the engine. A 2xx reply takes over the
   * responsibility for the message (RFC 5321 section 6.1), so store it before you return one. In
   * LMTP each recipient gets a reply: a {@link Reply} is repeated for all, a {@link
   * io.simplesmtp.PerRecipient} has one for each; in SMTP the latter is {@linkplain
   * io.simplesmtp.PerRecipient#folded folded}.
   *
   * <p>The chunks of BDAT are one content (RFC 3030 section 2): reading on behind a chunk answers
   * it with 250 and waits for the next. A refusal is the reply to the chunk that was read last, and
   * spares the client the others; a 2xx reply is that to the last one. A client that gives the
   * message up between two chunks has reading throw.
   *
   * @param content the message without dot-stuffing, each line with its CRLF, but for the last line
   *     of what came by BDAT, which may lack it, and for a {@linkplain
   *     io.simplesmtp.MailFrom#isBinary binary} message, which has no lines; reading blocks until
   *     the client has sent more, and throws {@link io.simplesmtp.MailDataException} if the data
   *     does not become a legal message. Its end is reached only by a whole one. Closed when this
   *     method returns. Another thread may read it, but interrupting a thread in a read closes the
   *     connection
   */
  DataReply data(Session session, Envelope envelope, InputStream content) throws Exception;

  /**
   * The client asks whether a user or mailbox exists (RFC 5321 section 3.5).
   *
   * @param query the argument: printable, not empty
   */
  default Reply vrfy(Session session, String query) throws Exception {
    return Reply.of(252, "2.5.0", "Cannot VRFY user, but will accept message and attempt delivery");
  }

  /**
   * The client asks who is on a mailing list (RFC 5321 section 3.5).
   *
   * @param list the argument: printable, not empty
   */
  default Reply expn(Session session, String list) throws Exception {
    return Reply.of(502, "5.5.1", "EXPN not implemented");
  }

  /**
   * The session is over; called once for each session for which {@link #connect} was called. The
   * client hears nothing of it, but its connection is closed only when this returns.
   */
  default void closed(Session session, CloseCause cause) throws Exception {}
}
