package io.simplesmtp.server;

import io.simplesmtp.Envelope;
import io.simplesmtp.MailFrom;
import io.simplesmtp.Parameter;
import io.simplesmtp.RcptTo;
import io.simplesmtp.Reply;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A service extension (RFC 5321 section 2.2): a keyword in the answer to EHLO, and what it makes
 * legal: parameters of MAIL and RCPT, and verbs.
 *
 * <pre>{@code
 * final class Greeter implements Extension {
 *   @Override public String keyword() {
 *     return "XHELLO";
 *   }
 *   @Override public Set<String> verbs() {
 *     return Set.of("XHELLO");
 *   }
 *   @Override public Reply command(Session session, String verb, String argument) {
 *     return Reply.ok("Hello again");
 *   }
 * }
 * }</pre>
 *
 * <p>A server is given its extensions with {@link SmtpServer.Builder#extensions}, besides those
 * that are always on. Those that promise what an application has to keep are made by the methods
 * here, from {@link #dsn} on; one of your own is made by implementing this interface.
 *
 * <pre>{@code
 * SmtpServer.Builder builder = SmtpServer.builder()
 *     .extensions(Extension.dsn(), Extension.futureRelease(Duration.ofDays(7)));
 * }</pre>
 *
 * <p>Shared by all sessions; called on the connection's own virtual thread, for many connections at
 * once. What a method throws is treated as what a {@link SmtpHandler} throws.
 */
public interface Extension {

  /** What must be so before a client is offered an extension. */
  enum Need {
    /** TLS is active; a verb is 530 5.7.0 before. */
    TLS,
    /** The client has authenticated; a verb is 530 5.7.0 before. */
    AUTHENTICATION
  }

  /** The keyword that stands in the answer to EHLO: letters, digits and hyphens, in capitals. */
  String keyword();

  /** What it needs; nothing unless this is overridden. */
  default Set<Need> needs() {
    return Set.of();
  }

  /**
   * The line that announces it to a client: the keyword, and what stands behind it. Asked at each
   * EHLO of a client that has what the extension needs.
   *
   * @return empty if this client is not offered the extension: its parameters are 555, its verbs
   *     500
   */
  default Optional<String> line(Session session) {
    return Optional.of(keyword());
  }

  /** The parameters that MAIL may have; always the same ones. */
  default List<Parameter<?>> mailParameters() {
    return List.of();
  }

  /** The parameters that RCPT may have; always the same ones. */
  default List<Parameter<?>> rcptParameters() {
    return List.of();
  }

  /**
   * Judges a MAIL whose parameters are legal each for itself, before the handler is asked; also
   * that of a client that is not offered the extension, and so has none of its parameters.
   *
   * @return the refusal, a 4xx or 5xx reply; empty if there is nothing to say against it
   */
  default Optional<Reply> refusal(Session session, MailFrom from) {
    return Optional.empty();
  }

  /**
   * Judges a RCPT whose parameters are legal each for itself, before the handler is asked; also
   * that of a client that is not offered the extension, and so has none of its parameters.
   *
   * @param soFar the transaction with the recipients that were accepted before this one
   * @return the refusal, a 4xx or 5xx reply; empty if there is nothing to say against it
   */
  default Optional<Reply> refusal(Session session, Envelope soFar, RcptTo to) {
    return Optional.empty();
  }

  /** Its verbs in capitals, one to twelve letters each; always the same ones. */
  default Set<String> verbs() {
    return Set.of();
  }

  /**
   * The client uses one of the verbs, at any time after EHLO or HELO but between the chunks of a
   * message. Leaves the mail transaction as it is.
   *
   * @param verb one of {@link #verbs}
   * @param argument what stands behind the verb and a space; printable, may be empty
   */
  default Reply command(Session session, String verb, String argument) throws Exception {
    throw new UnsupportedOperationException(keyword() + " has no command " + verb);
  }

  /**
   * BINARYMIME (RFC 3030 section 3): {@code BODY=BINARYMIME} is legal, for content of any octets,
   * which comes with BDAT and need not be lines of text behind its header. Who takes such mail must
   * be able to store it and hand it on.
   */
  static Extension binaryMime() {
    return () -> "BINARYMIME";
  }

  /**
   * DSN (RFC 3461): the parameters {@link Parameter#RET}, {@link Parameter#ENVID}, {@link
   * Parameter#NOTIFY} and {@link Parameter#ORCPT}. The application promises to report on delivery
   * as they ask, or to pass them on to a server that does.
   */
  static Extension dsn() {
    return new DsnExtension();
  }

  /**
   * PRDR, per-recipient data responses (draft-hall-prdr, spoken by Exim): the parameter {@link
   * Parameter#PRDR}. To a client that asks for it, a {@link io.simplesmtp.PerRecipient} for several
   * recipients is answered with 353, a reply for each of them in the order of their RCPT, and one
   * for the message: 2xx if at least one of them was accepted. Not offered where LMTP is spoken.
   */
  static Extension prdr() {
    return new PrdrExtension();
  }

  /**
   * REQUIRETLS (RFC 8689): the parameter {@link Parameter#REQUIRETLS}, offered under TLS. The
   * application promises to send such a message on to servers alone that promise the same, under
   * TLS and with a certificate that it has checked.
   */
  static Extension requireTls() {
    return new RequireTlsExtension();
  }

  /**
   * MT-PRIORITY (RFC 6710): the parameter {@link Parameter#MT_PRIORITY}. The application promises
   * to heed it, or to say so in its reply to MAIL where it gives a message another priority.
   */
  static Extension mtPriority() {
    return new MtPriorityExtension(Optional.empty());
  }

  /**
   * MT-PRIORITY by a policy (RFC 6710 section 5).
   *
   * @param policy its registered name, such as {@code MIXER}: letters, digits and hyphens, 40 at
   *     most
   * @throws IllegalArgumentException if it is no such name
   */
  static Extension mtPriority(String policy) {
    return new MtPriorityExtension(Optional.of(policy));
  }

  /**
   * FUTURERELEASE (RFC 4865): the parameters {@link Parameter#HOLDFOR} and {@link
   * Parameter#HOLDUNTIL}, of which a message has one; 501 5.5.4 to both, and to a time too long.
   * Offered by listeners that need AUTH, as it belongs to submission. The application promises to
   * keep a message for that time.
   *
   * @param longest whole seconds, 1 to 999,999,999
   * @throws IllegalArgumentException if it is out of its range
   */
  static Extension futureRelease(Duration longest) {
    return new FutureReleaseExtension(longest, InstantSource.system());
  }

  /**
   * DELIVERBY (RFC 2852): the parameter {@link Parameter#BY}. The application promises to return
   * the message, or to report the delay, when its time is over.
   */
  static Extension deliverBy() {
    return new DeliverByExtension(Optional.empty());
  }

  /**
   * DELIVERBY with a bound: 555 5.5.4 to a message that is to be returned sooner.
   *
   * @param least whole seconds, 1 to 999,999,999
   * @throws IllegalArgumentException if it is out of its range
   */
  static Extension deliverBy(Duration least) {
    return new DeliverByExtension(Optional.of(least));
  }
}
