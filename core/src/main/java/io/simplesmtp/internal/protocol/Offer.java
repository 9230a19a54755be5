package io.simplesmtp.internal.protocol;

import io.simplesmtp.Parameter;
import io.simplesmtp.Parameters;
import java.util.List;
import java.util.Set;

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

  /** Whether all of a command's parameters are legal. */
  boolean covers(Parameters written) {
    return parameters.containsAll(written.keys());
  }
}
