package io.simplesmtp.internal.protocol;

import io.simplesmtp.Domain;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The argument of MAIL or RCPT in its two parts, found before either is judged.
 *
 * @param path what stands between the angle brackets, without a source route; empty for {@code <>}
 * @param parameters what follows the path
 */
record RawPath(String path, String parameters) {

  private static final Pattern SPACED_COLON = Pattern.compile("^ *([A-Za-z]+) *: *");

  /**
   * Finds the parts; empty if the argument does not begin with the keyword and a path, or its
   * source route is malformed.
   *
   * @param keyword {@code FROM:} or {@code TO:}
   * @param isLenient whether spaces may stand around the colon and the path, and its brackets may
   *     be missing
   */
  static Optional<RawPath> find(String argument, String keyword, boolean isLenient) {
    String text = isLenient ? SPACED_COLON.matcher(argument).replaceFirst("$1:") : argument;
    if (!text.regionMatches(true, 0, keyword, 0, keyword.length())) {
      return Optional.empty();
    }
    int begin = keyword.length();
    if (text.startsWith("<", begin)) {
      return inBrackets(text, begin + 1, isLenient);
    }
    return isLenient && begin < text.length() ? bare(text, begin) : Optional.empty();
  }

  private static Optional<RawPath> inBrackets(String text, int begin, boolean isLenient) {
    int end = endOfPath(text, begin, '>');
    if (end == text.length() || (end + 1 < text.length() && text.charAt(end + 1) != ' ')) {
      return Optional.empty();
    }
    String inside = text.substring(begin, end);
    Optional<String> path = withoutRoute(isLenient ? inside.trim() : inside);
    return path.isEmpty()
        ? Optional.empty()
        : Optional.of(new RawPath(path.get(), rest(text, end + 1)));
  }

  private static Optional<RawPath> bare(String text, int begin) {
    int end = endOfPath(text, begin, ' ');
    return Optional.of(new RawPath(text.substring(begin, end), rest(text, end)));
  }

  /** What follows a path, without the spaces around it. */
  private static String rest(String text, int from) {
    return text.substring(from).trim();
  }

  /**
   * The index of the first such character outside of quoted strings and address literals, both of
   * which may hold it, or the text's length.
   */
  private static int endOfPath(String text, int from, char endOfPath) {
    boolean quoted = false;
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"') {
        quoted = !quoted;
      } else if (c == '\\' && quoted) {
        i++;
      } else if (c == '[' && !quoted) {
        i = Math.max(i, text.indexOf(']', i));
      } else if (c == endOfPath && !quoted) {
        return i;
      }
    }
    return text.length();
  }

  /**
   * {@code [A-d-l ":"] Mailbox}, RFC 5321 section 4.1.2; the route is accepted and ignored, section
   * 3.3. Behind it stands a mailbox, neither nothing nor a bare postmaster.
   */
  private static Optional<String> withoutRoute(String path) {
    if (!path.startsWith("@")) {
      return Optional.of(path);
    }
    int colon = path.indexOf(':');
    if (colon < 0) {
      return Optional.empty();
    }
    try {
      for (String hop : path.substring(0, colon).split(",", -1)) {
        if (!hop.startsWith("@")) {
          return Optional.empty();
        }
        new Domain(hop.substring(1));
      }
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
    String mailbox = path.substring(colon + 1);
    return mailbox.indexOf('@') < 0 ? Optional.empty() : Optional.of(mailbox);
  }
}
