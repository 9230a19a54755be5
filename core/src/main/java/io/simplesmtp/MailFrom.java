package io.simplesmtp;

import java.util.Optional;

/**
 * The argument of MAIL: the reverse-path and its parameters (RFC 5321 section 4.1.1.2).
 *
 * <pre>{@code
 * MailFrom bounce = MailFrom.of(ReversePath.NULL);
 * MailFrom big = new MailFrom(
 *     Mailbox.parse("ann@example.org"), Parameters.NONE.with(Parameter.SIZE, 1_000_000L));
 * }</pre>
 *
 * <p>Immutable and safe for use by any thread.
 *
 * @param reversePath where reports of non-delivery go
 * @param parameters what the client declared with it
 */
public record MailFrom(ReversePath reversePath, Parameters parameters) {

  /** A reverse-path without parameters. */
  public static MailFrom of(ReversePath reversePath) {
    return new MailFrom(reversePath, Parameters.NONE);
  }

  /** Whether the client asked for internationalized mail (RFC 6531). */
  public boolean isSmtpUtf8() {
    return parameters.has(Parameter.SMTPUTF8);
  }

  /** Whether the content is any octets and no lines of text (RFC 3030 section 3). */
  public boolean isBinary() {
    return !parameters.isEmpty()
        && parameters.get(Parameter.BODY).equals(Optional.of(BodyType.BINARYMIME));
  }

  /** The path in its angle brackets, and the parameters if there are any. */
  @Override
  public String toString() {
    return reversePath.path() + (parameters.isEmpty() ? "" : " " + parameters);
  }
}
