package io.simplesmtp.internal.protocol;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Tells lines of other protocols, which come from clients that are no mail clients, or that were
 * made to talk to one. There is nothing to gain from an answer to each of their lines.
 */
final class Foreign {

  /** HTTP (RFC 9110 section 9, RFC 9113 section 3.4), and the PROXY protocol's version 1. */
  private static final Set<String> VERBS =
      Set.of(
          "GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH", "PRI",
          "PROXY");

  /** A header field, such as a message has and HTTP too, or the banner of SSH. */
  private static final Pattern LINE =
      Pattern.compile("[A-Za-z][A-Za-z0-9-]*:(?: .*)?|SSH-[12]\\..*");

  private static final int MAX_LOOKED_AT = 80;

  private Foreign() {}

  /** Whether a line that begins with no verb of ours is of another protocol. */
  static boolean is(byte[] line, int from, int to) {
    int end = Math.min(to, from + MAX_LOOKED_AT);
    String begin = new String(line, from, end - from, StandardCharsets.ISO_8859_1);
    int space = begin.indexOf(' ');
    return (space > 0 && VERBS.contains(begin.substring(0, space)))
        || LINE.matcher(begin).matches();
  }
}
