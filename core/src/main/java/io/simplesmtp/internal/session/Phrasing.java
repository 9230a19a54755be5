package io.simplesmtp.internal.session;

import io.simplesmtp.Reply;
import io.simplesmtp.internal.protocol.Verb;
import io.simplesmtp.server.Session;
import io.simplesmtp.server.SmtpHandler;

/**
 * The handler's last word on the replies of one session, as far as it is a legal one. A reply that
 * it leaves alone costs a call and a comparison.
 */
final class Phrasing {

  private static final int GREETING = 220;

  /** Is answered with another greeting. */
  private static final String XCLIENT = Verb.XCLIENT.spelling();

  private final String hostname;
  private boolean isFaulty;

  Phrasing(String hostname) {
    this.hostname = hostname;
  }

  /**
   * The reply as it is to be written.
   *
   * @param verb of the command that it answers, or empty
   */
  Reply of(Session session, SmtpHandler handler, String verb, Reply reply) {
    try {
      Reply phrased = handler.rephrase(session, verb, reply);
      if (!isLegal(verb, reply, phrased)) {
        throw new IllegalStateException("Not a legal change of " + reply + ": " + phrased);
      }
      return phrased;
    } catch (Throwable e) { // a session has many replies, and one line in the log is enough
      if (!isFaulty) {
        isFaulty = true;
        Observation.fault(session, "rephrase", e);
      }
      return reply;
    } finally {
      Thread.interrupted();
    }
  }

  /** The code stays, a status stays where one is due, and a greeting begins with the host. */
  private boolean isLegal(String verb, Reply reply, Reply phrased) {
    if (phrased.code() != reply.code()
        || phrased.status().isPresent() != reply.status().isPresent()) {
      return false;
    }
    String first = phrased.lines().get(0);
    return reply.code() != GREETING
        || !(verb.isEmpty() || verb.equals(XCLIENT))
        || first.equals(hostname)
        || first.startsWith(hostname + " ");
  }
}
