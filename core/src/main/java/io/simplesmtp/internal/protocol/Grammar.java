package io.simplesmtp.internal.protocol;

import io.simplesmtp.Parameter;
import java.util.Map;
import java.util.Set;

/**
 * What the service extensions of a listener add to the grammar of its commands, whether a client is
 * offered it or not, and by which verb clients introduce themselves.
 *
 * @param isLmtp whether that is LHLO, and not HELO or EHLO (RFC 2033 section 4.1)
 * @param mailParameters by their keywords
 * @param rcptParameters by their keywords
 * @param verbs in capitals
 */
public record Grammar(
    boolean isLmtp,
    Map<String, Parameter<?>> mailParameters,
    Map<String, Parameter<?>> rcptParameters,
    Set<String> verbs) {

  /** Takes copies. */
  public Grammar {
    mailParameters = Map.copyOf(mailParameters);
    rcptParameters = Map.copyOf(rcptParameters);
    verbs = Set.copyOf(verbs);
  }
}
