package io.simplesmtp.internal.session;

import io.simplesmtp.Parameter;
import io.simplesmtp.internal.protocol.Attributes;
import io.simplesmtp.internal.protocol.Rules;
import io.simplesmtp.server.Extension;
import io.simplesmtp.server.Session;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The service extensions that every listener has, made for the rules of one. */
final class StandardExtensions {

  /** The keyword whose line is made of the mechanisms that a client is offered. */
  static final String AUTH = "AUTH";

  private static final int MAX_ANNOUNCED = 999_999;

  private StandardExtensions() {}

  /** In the order in which they are announced. */
  static List<Extension> of(Rules rules) {
    return List.of(
        new Standard("PIPELINING"), // RFC 2920
        new Standard("SIZE", "SIZE " + rules.bounds().messageSize(), Parameter.SIZE), // RFC 1870
        new Standard("LIMITS", limits(rules.bounds())), // RFC 9422
        new Standard("8BITMIME", "8BITMIME", Parameter.BODY), // RFC 6152
        new Standard("CHUNKING"), // RFC 3030
        new Standard("SMTPUTF8", "SMTPUTF8", Parameter.SMTPUTF8), // RFC 6531
        new Standard("ENHANCEDSTATUSCODES"), // RFC 2034
        new Standard("STARTTLS", List.of(), session -> startTls(rules, session)),
        new Standard(AUTH, authParameters(rules), session -> Optional.empty()),
        new Standard("XCLIENT", List.of(), StandardExtensions::xclient),
        new Standard("XFORWARD", List.of(), StandardExtensions::xforward));
  }

  private static List<Parameter<?>> authParameters(Rules rules) {
    return rules.mechanisms().isEmpty() ? List.of() : List.of(Parameter.AUTH);
  }

  /**
   * RFC 9422 section 4, where values have six digits at most. Told of a bound of domains, some
   * clients put the recipients of one domain alone into a transaction; so it is named only where it
   * is less than a transaction may need.
   */
  private static String limits(Rules.Bounds bounds) {
    StringBuilder line = new StringBuilder("LIMITS");
    line.append(" MAILMAX=").append(Math.min(bounds.messages(), MAX_ANNOUNCED));
    line.append(" RCPTMAX=").append(Math.min(bounds.recipients(), MAX_ANNOUNCED));
    if (bounds.recipientDomains() < Math.min(bounds.recipients(), MAX_ANNOUNCED)) {
      line.append(" RCPTDOMAINMAX=").append(bounds.recipientDomains());
    }
    return line.toString();
  }

  /** RFC 3207 section 4.2: the keyword is gone once TLS is active. */
  private static Optional<String> startTls(Rules rules, Session session) {
    return rules.isTlsOffered() && !session.isSecure() ? Optional.of("STARTTLS") : Optional.empty();
  }

  /** RFC 4954 section 3. */
  static Optional<String> authLine(List<String> mechanisms) {
    return mechanisms.isEmpty()
        ? Optional.empty()
        : Optional.of(AUTH + " " + String.join(" ", mechanisms));
  }

  private static Optional<String> xclient(Session session) {
    return Attribution.mayUseXclient(session)
        ? Optional.of("XCLIENT " + Attributes.names(false))
        : Optional.empty();
  }

  private static Optional<String> xforward(Session session) {
    return Attribution.mayUseXforward(session)
        ? Optional.of("XFORWARD " + Attributes.names(true))
        : Optional.empty();
  }

  private record Standard(
      String keyword,
      List<Parameter<?>> mailParameters,
      Function<Session, Optional<String>> announcement)
      implements Extension {

    Standard(String keyword, String line, Parameter<?>... parameters) {
      this(keyword, List.of(parameters), session -> Optional.of(line));
    }

    Standard(String keyword) {
      this(keyword, keyword);
    }

    @Override
    public Optional<String> line(Session session) {
      return announcement.apply(session);
    }
  }
}
