package io.simplesmtp.internal.protocol;

import io.simplesmtp.Parameter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The service extensions: the line that announces each in the answer to EHLO, and the parameters of
 * MAIL that it makes legal.
 */
enum Extension {
  /** RFC 2920. */
  PIPELINING,
  /** RFC 1870. */
  SIZE(Parameter.SIZE) {
    @Override
    String line(Rules rules) {
      return "SIZE " + rules.bounds().messageSize();
    }
  },
  /** RFC 6152. */
  EIGHTBITMIME(Parameter.BODY) {
    @Override
    String line(Rules rules) {
      return "8BITMIME";
    }
  },
  /** RFC 6531. */
  SMTPUTF8(Parameter.SMTPUTF8),
  /** RFC 2034. */
  ENHANCEDSTATUSCODES,
  /** RFC 3207; the keyword is gone once TLS is active. */
  STARTTLS {
    @Override
    boolean isAnnounced(Rules rules, boolean isSecure) {
      return rules.isTlsOffered() && !isSecure;
    }
  },
  /** RFC 4954. */
  AUTH(Parameter.AUTH) {
    @Override
    boolean isAnnounced(Rules rules, boolean isSecure) {
      return !rules.mechanisms().isEmpty() && (isSecure || rules.isAuthWithoutTls());
    }

    @Override
    boolean isPossible(Rules rules) {
      return !rules.mechanisms().isEmpty();
    }

    @Override
    String line(Rules rules) {
      return "AUTH " + String.join(" ", rules.mechanisms());
    }
  };

  @SuppressWarnings("ImmutableEnumChecker") // List.of makes an immutable list
  private final List<Parameter<?>> mailParameters;

  Extension(Parameter<?>... mailParameters) {
    this.mailParameters = List.of(mailParameters);
  }

  /** The lines of the answer to EHLO behind the hostname (RFC 5321 section 4.1.1.1). */
  static List<String> lines(Rules rules, boolean isSecure) {
    List<String> lines = new ArrayList<>();
    for (Extension extension : values()) {
      if (extension.isAnnounced(rules, isSecure)) {
        lines.add(extension.line(rules));
      }
    }
    return lines;
  }

  /** The parameters that MAIL may have under these rules, by their keywords. */
  static Map<String, Parameter<?>> mailParameters(Rules rules) {
    Map<String, Parameter<?>> table = new HashMap<>();
    for (Extension extension : values()) {
      if (extension.isPossible(rules)) {
        extension.mailParameters.forEach(p -> table.put(p.keyword(), p));
      }
    }
    return Map.copyOf(table);
  }

  boolean isAnnounced(Rules rules, boolean isSecure) {
    return true;
  }

  /** Whether it is announced at some time in a session. */
  boolean isPossible(Rules rules) {
    return true;
  }

  String line(Rules rules) {
    return name();
  }
}
