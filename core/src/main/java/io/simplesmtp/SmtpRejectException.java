package io.simplesmtp;

/**
 * Thrown by a handler to answer with a reply from any depth of its code.
 *
 * <pre>{@code
 * throw new SmtpRejectException(Reply.of(452, "4.3.1", "Mailbox full"));
 * }</pre>
 *
 * <p>It is control flow, not a fault: it is not logged and carries no stack trace. Safe for use by
 * any thread.
 */
public final class SmtpRejectException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient Reply reply;

  /**
   * Carries the reply.
   *
   * @throws IllegalArgumentException if the reply is not a refusal, that is 4xx or 5xx
   */
  public SmtpRejectException(Reply reply) {
    super(reply.toString(), null, false, false);
    if (!reply.isTransient() && !reply.isPermanent()) {
      throw new IllegalArgumentException("A refusal is 4xx or 5xx: " + reply);
    }
    this.reply = reply;
  }

  /** What the client is told. */
  public Reply reply() {
    return reply;
  }
}
