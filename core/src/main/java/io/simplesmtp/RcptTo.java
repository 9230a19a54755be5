package io.simplesmtp;

/**
 * The argument of RCPT: the forward-path and its parameters (RFC 5321 section 4.1.1.3).
 *
 * <p>A source route is dropped, as section 3.3 allows. {@code <Postmaster>} without a domain is the
 * postmaster at the server's own hostname.
 *
 * <pre>{@code
 * RcptTo bob = RcptTo.of(Mailbox.parse("bob@example.org"));
 * }</pre>
 *
 * <p>Immutable and safe for use by any thread.
 *
 * @param mailbox the mailbox that the message is for
 * @param parameters what the client declared with it
 */
public record RcptTo(Mailbox mailbox, Parameters parameters) {

  /** A mailbox without parameters. */
  public static RcptTo of(Mailbox mailbox) {
    return new RcptTo(mailbox, Parameters.NONE);
  }

  /** Whether this is the reserved mailbox that every server accepts (RFC 5321 section 4.5.1). */
  public boolean isPostmaster() {
    return Ascii.equalsIgnoreCase(mailbox.localPart(), "postmaster");
  }

  /** The path in its angle brackets, and the parameters if there are any. */
  @Override
  public String toString() {
    return mailbox.path() + (parameters.isEmpty() ? "" : " " + parameters);
  }
}
