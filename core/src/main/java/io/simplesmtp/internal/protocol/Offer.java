package io.simplesmtp.internal.protocol;

import io.simplesmtp.MailFrom;
import io.simplesmtp.Parameter;
import io.simplesmtp.Parameters;
import io.simplesmtp.RcptTo;
import io.simplesmtp.Reply;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a client is offered from its HELO or EHLO on.
 *
 * @param lines of the answer to EHLO behind the hostname (RFC 5321 section 4.1.1.1); none for HELO
 * @param parameters of MAIL and RCPT that are legal; none after HELO (RFC 5321 section 2.2.1)
 * @param mechanisms the names of the SASL mechanisms that AUTH serves
 */
public record Offer(List<String> lines, Set<Parameter<?>> parameters, List<String> mechanisms) {

  /** Nothing. */
  public static final Offer NONE = new Offer(List.of(), Set.of(), List.of());

  /** Takes copies. */
  public Offer {
    lines = List.copyOf(lines);
    parameters = Set.copyOf(parameters);
    mechanisms = List.copyOf(mechanisms);
  }

  /** Whether the service extension of a keyword is announced. */
  boolean has(String keyword) {
    return lines.stream().anyMatch(l -> l.equals(keyword) || l.startsWith(keyword + " "));
  }

  private boolean hasAll(Parameters given) {
    return given.isEmpty() || parameters.containsAll(given.keys());
  }

  /** What stands against the argument of a MAIL that asks for more than is offered. */
  @Nullable Reply refusal(Command.Mail mail) {
    MailFrom from = mail.from();
    if (!hasAll(from.parameters())) {
      return Replies.UNKNOWN_PARAMETER;
    }
    if (from.isBinary() && !has("BINARYMIME")) {
      return Replies.BAD_PARAMETER;
    }
    if (from.isSmtpUtf8() || mail.isAscii()) {
      return null;
    }
    return from.reversePath().isAscii() ? Replies.UTF8_ARGUMENT : Replies.UTF8_SENDER;
  }

  /**
   * What stands against the argument of a RCPT that asks for more than is offered.
   *
   * @param isUtf8 whether its MAIL has SMTPUTF8
   */
  @Nullable Reply refusal(Command.Rcpt rcpt, boolean isUtf8) {
    RcptTo to = rcpt.to();
    if (!hasAll(to.parameters())) {
      return Replies.UNKNOWN_PARAMETER;
    }
    if (isUtf8 || rcpt.isAscii()) {
      return null;
    }
    return to.mailbox().isAscii() ? Replies.UTF8_ARGUMENT : Replies.UTF8_RECIPIENT;
  }
}
