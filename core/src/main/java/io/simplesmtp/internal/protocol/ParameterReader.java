package io.simplesmtp.internal.protocol;

import io.simplesmtp.Parameter;
import io.simplesmtp.Parameters;
import io.simplesmtp.Reply;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.StringTokenizer;

/** What stands behind the path of MAIL or RCPT (RFC 5321 section 4.1.2), to typed parameters. */
final class ParameterReader {

  /** A parameter is unknown or malformed, or there twice. */
  static final class BadParameter extends Exception {
    private static final long serialVersionUID = 1L;
    private final transient Reply reply;

    BadParameter(Reply reply) {
      super(null, null, false, false);
      this.reply = reply;
    }

    /** What says so. */
    Reply reply() {
      return reply;
    }
  }

  private ParameterReader() {}

  /**
   * Reads {@code *( SP esmtp-keyword ["=" esmtp-value] )}.
   *
   * @param table the parameters that are known, by their keywords
   */
  static Parameters read(String text, Map<String, Parameter<?>> table) throws BadParameter {
    Parameters parameters = Parameters.NONE;
    if (text.isEmpty()) {
      return parameters;
    }
    StringTokenizer words = new StringTokenizer(text, " ");
    while (words.hasMoreTokens()) {
      String word = words.nextToken();
      int equals = word.indexOf('=');
      String keyword = equals < 0 ? word : word.substring(0, equals);
      if (!isKeyword(keyword)) {
        throw new BadParameter(Replies.BAD_PARAMETER);
      }
      Parameter<?> parameter = table.get(keyword.toUpperCase(Locale.ROOT));
      if (parameter == null) {
        throw new BadParameter(Replies.UNKNOWN_PARAMETER);
      }
      if (parameters.has(parameter)) {
        throw new BadParameter(Replies.BAD_PARAMETER);
      }
      Optional<String> value =
          equals < 0 ? Optional.empty() : Optional.of(word.substring(equals + 1));
      parameters = with(parameters, parameter, value);
    }
    return parameters;
  }

  private static <T> Parameters with(
      Parameters parameters, Parameter<T> parameter, Optional<String> value) throws BadParameter {
    if (value.isPresent() && (value.get().isEmpty() || value.get().indexOf('=') >= 0)) {
      throw new BadParameter(Replies.BAD_PARAMETER);
    }
    try {
      return parameters.with(parameter, parameter.parse(value));
    } catch (IllegalArgumentException e) {
      throw new BadParameter(Replies.BAD_PARAMETER);
    }
  }

  /** {@code esmtp-keyword = (ALPHA / DIGIT) *(ALPHA / DIGIT / "-")}. */
  private static boolean isKeyword(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!CommandParser.isAlphanumeric(c) && c != '-') {
        return false;
      }
    }
    return !text.isEmpty() && text.charAt(0) != '-';
  }
}
