package io.simplesmtp.auth;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The key and value pairs of OAUTHBEARER and XOAUTH2, each ended by an octet of one. */
final class OAuthMessage {

  static final char SEPARATOR = '\1';

  /** RFC 7628 section 3.1. */
  private static final Pattern PAIR = Pattern.compile("[A-Za-z]{1,64}=[\t\n\r -~]*+");

  /** RFC 6750 section 2.1. */
  private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._~+/-]++=*+");

  private OAuthMessage() {}

  /** Reads pairs up to the end, which is another octet of one; empty if they are none. */
  static Optional<Map<String, String>> parse(String text) {
    if (text.isEmpty() || text.charAt(text.length() - 1) != SEPARATOR) {
      return Optional.empty();
    }
    Map<String, String> pairs = new HashMap<>();
    String inner = text.substring(0, text.length() - 1);
    if (inner.isEmpty()) {
      return Optional.of(pairs);
    }
    if (inner.charAt(inner.length() - 1) != SEPARATOR) {
      return Optional.empty();
    }
    String[] parts = inner.substring(0, inner.length() - 1).split("\1", -1);
    for (String pair : List.of(parts)) {
      int equals = pair.indexOf('=');
      boolean isPair = PAIR.matcher(pair).matches();
      if (!isPair || pairs.put(pair.substring(0, equals), pair.substring(equals + 1)) != null) {
        return Optional.empty();
      }
    }
    return Optional.of(pairs);
  }

  /** The token of {@code Bearer TOKEN}; empty if it is something else. */
  static Optional<String> token(String authorization) {
    int space = authorization.indexOf(' ');
    if (space < 0 || !authorization.substring(0, space).equalsIgnoreCase("Bearer")) {
      return Optional.empty();
    }
    String token = authorization.substring(space).strip();
    return TOKEN.matcher(token).matches() ? Optional.of(token) : Optional.empty();
  }

  /** A JSON object of texts. */
  static String json(List<Map.Entry<String, String>> members) {
    StringBuilder json = new StringBuilder("{");
    for (Map.Entry<String, String> member : members) {
      if (json.length() > 1) {
        json.append(',');
      }
      text(json, member.getKey());
      json.append(':');
      text(json, member.getValue());
    }
    return json.append('}').toString();
  }

  private static void text(StringBuilder json, String text) {
    json.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if (c < ' ' || c > '~') {
        json.append(String.format("\\u%04x", (int) c));
      } else {
        json.append(c);
      }
    }
    json.append('"');
  }
}
