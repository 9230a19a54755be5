package io.simplesmtp.server;

import io.simplesmtp.Envelope;
import io.simplesmtp.MailFrom;
import io.simplesmtp.Parameter;
import io.simplesmtp.RcptTo;
import io.simplesmtp.Reply;
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
 * that are always on. Shared by all sessions; called on the connection's own virtual thread, for
 * many connections at once. What a method throws is treated as what a {@link SmtpHandler} throws.
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
   * Judges a MAIL whose parameters are legal each for itself, before the handler is asked.
   *
   * @return the refusal, a 4xx or 5xx reply; empty if there is nothing to say against it
   */
  default Optional<Reply> refusal(Session session, MailFrom from) {
    return Optional.empty();
  }

  /**
   * Judges a RCPT whose parameters are legal each for itself, before the handler is asked.
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
   * The client uses one of the verbs, at any time after EHLO or HELO. Leaves the mail transaction
   * as it is.
   *
   * @param verb one of {@link #verbs}
   * @param argument what stands behind the verb and a space; printable, may be empty
   */
  default Reply command(Session session, String verb, String argument) throws Exception {
    throw new UnsupportedOperationException(keyword() + " has no command " + verb);
  }
}
