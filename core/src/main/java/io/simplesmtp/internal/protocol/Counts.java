package io.simplesmtp.internal.protocol;

import io.simplesmtp.Host;
import io.simplesmtp.MailFrom;
import io.simplesmtp.Mailbox;
import io.simplesmtp.Parameters;
import io.simplesmtp.RcptTo;
import io.simplesmtp.Reply;
import java.util.HashSet;
import java.util.Set;

/** What is counted in a session and bounded (RFC 5321 section 7.8). Used by one thread. */
final class Counts {

  /** How many recipients too many a client may send before it has heard of the first. */
  private static final int MAX_SURPLUS = 1_000;

  /** What an address takes in memory, at the most, beside its characters. */
  private static final int OBJECTS = 512;

  /** What the parameters of a command take; at the most, if its line is no longer than that. */
  private static final int PARAMETERS = 2_048;

  private final Rules.Bounds bounds;

  /** Of the recipients, as {@link Host#canonical} writes them; made once for each recipient. */
  private final Set<String> domains = new HashSet<>();

  private long ofTransaction;
  private long ofDomains;
  private int errors;
  private int surplus;
  private int idleCommands;
  private int authFailures;

  Counts(Rules.Bounds bounds) {
    this.bounds = bounds;
  }

  /**
   * Counts a command that brings no message on its way; returns whether there are too many. A chunk
   * without octets, or of a lost message, is one too.
   */
  boolean isIdleTooOften(Command command, Phase phase) {
    boolean isIdle =
        command instanceof Command.Bdat bdat
            ? phase == Phase.DROPPING || (bdat.size() == 0 && !bdat.isLast())
            : command.verb().isIdle();
    return isIdle && ++idleCommands > bounds.commandsWithoutMail();
  }

  /** Counts a reply that is an error; returns whether there are too many. */
  boolean isWrongTooOften(Step step, Reply reply) {
    boolean isError = isSurplus(step, reply) ? ++surplus > MAX_SURPLUS : isError(step, reply);
    return isError && ++errors > bounds.errors();
  }

  /** Whether the domain of a recipient is one too many (RFC 9422). */
  boolean isDomainTooMany(Host domain) {
    return domains.size() >= bounds.recipientDomains() && !domains.contains(domain.canonical());
  }

  /** Weighs the sender of a transaction that was opened. */
  void opened(MailFrom from) {
    long path = from.reversePath() instanceof Mailbox mailbox ? weight(mailbox) : OBJECTS;
    ofTransaction = path + weight(from.parameters());
  }

  /** Counts the domain of a recipient that was accepted, and weighs the recipient. */
  void accepted(RcptTo to) {
    ofTransaction += weight(to.mailbox()) + weight(to.parameters());
    if (domains.add(to.mailbox().host().canonical())) {
      ofDomains += OBJECTS + 2L * to.mailbox().domain().length();
    }
  }

  /** The transaction weighs nothing any more. */
  void closed() {
    ofTransaction = 0;
  }

  /** Octets of memory that the client has the session keep, at the most. */
  long weight() {
    return ofTransaction + ofDomains;
  }

  private static long weight(Mailbox mailbox) {
    return OBJECTS + 2L * (mailbox.localPart().length() + mailbox.domain().length());
  }

  private static long weight(Parameters parameters) {
    return parameters.isEmpty() ? 0 : PARAMETERS;
  }

  /** Counts an AUTH that failed; returns whether there are too many. */
  boolean isAuthFailedTooOften() {
    return ++authFailures >= bounds.authFailures();
  }

  /** A message was accepted, which makes good what was wrong before. */
  void delivered() {
    errors = 0;
    surplus = 0;
    idleCommands = 0;
  }

  /**
   * RFC 5321 section 4.5.3.1.10: a recipient too many is what a client has to expect, and one that
   * there is no memory for is no fault of the client's.
   */
  private static boolean isSurplus(Step step, Reply reply) {
    return switch (step) {
      case Step.Answer answer ->
          reply.equals(Replies.TOO_MANY_RECIPIENTS) || reply.equals(Replies.TOO_MANY_DOMAINS);
      case Step.Rcpt rcpt -> reply.equals(Replies.NO_MEMORY);
      default -> false;
    };
  }

  /** The chunks that a client had sent before it heard of a refusal are no faults of their own. */
  private static boolean isError(Step step, Reply reply) {
    boolean isExpected = step instanceof Step.Swallow && reply.equals(Replies.CHUNK_OF_REFUSED);
    return !reply.isPositive() && !reply.isClosing() && !isExpected;
  }
}
