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
   *
   * <p>Asked again if a trusted client becomes another one by XCLIENT, of the same session.
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
   * A handshake that STARTTLS began has succeeded. What the client said before it is forgotten (RFC
   * 3207 section 4.2), and the client says EHLO again, where it can be refused. Under implicit TLS
   * the handshake comes before {@link #connect}, which sees what it agreed on.
   */
  default void secured(Session session) throws Exception {}

  /**
   * The client has proved who it is (RFC 4954). After a 2xx reply the engine answers 235; with 235
   * this reply. After a refusal the client is not authenticated, and has failed once more.
   *
   * @param session with the identity
   */
  default Reply authenticated(Session session) throws Exception {
    return Reply.OK;
  }

  /**
   * The client begins a mail transaction. If this accepts, either {@link #completed} or {@link
   * #reset} follows, once. The reverse-path may be the null path, {@link
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
   * A transaction that came to its data is over: the final reply was written, or could not be. So
   * who must not have a message twice learns here that a client may send it again (RFC 1047).
   *
   * @param envelope as it was given to {@link #beforeData} and {@link #data}
   * @param reply what the client was told, or would have been; it need not be what this handler
   *     answered, as the engine refuses a message that is not legal
   * @param outcome whether it was written
   */
  default void completed(Session session, Envelope envelope, DataReply reply, Outcome outcome)
      throws Exception {}

  /**
   * A transaction is over without a final reply: by RSET, a new EHLO or HELO, or because the
   * session ends, also within the mail data.
   *
   * @param envelope what was accepted of it; without recipients if none were
   */
  default void reset(Session session, Envelope envelope) throws Exception {}

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
   * The client asks for help (RFC 5321 section 4.1.1.8). After a 2xx reply the engine lists its
   * commands; with 211 or 214 this reply.
   *
   * @param topic the argument: printable, may be empty
   */
  default Reply help(Session session, String topic) throws Exception {
    return Reply.OK;
  }

  /**
   * The last word on a reply, the engine's or this handler's, before it is written. Asked for all
   * of them but those that carry protocol: the answer to HELO and EHLO, and 334.
   *
   * <p>Code and kind stay: a reply with an enhanced status keeps one, a reply without gets none,
   * and a greeting begins with the server's name. A change that is not legal is logged, once for a
   * session, and the reply goes out as it was. So it does if this throws.
   *
   * <p>For the replies between the chunks of a message (RFC 3030) this is asked while {@link #data}
   * runs, on the thread that reads the content.
   *
   * @param verb the command that it answers, in capitals; empty for the greeting, an unknown
   *     command, and what the server says of itself, such as that it shuts down
   * @return the same reply, or one with another text or status
   */
  default Reply rephrase(Session session, String verb, Reply reply) throws Exception {
    return reply;
  }

  /**
   * The session is over; called once for each session for which {@link #connect} was called. The
   * client hears nothing of it, but its connection is closed only when this returns.
   */
  default void closed(Session session, CloseCause cause) throws Exception {}
}
