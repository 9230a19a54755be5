package io.simplesmtp.transcripts;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Octets as a transcript writes them: one or more quoted strings with escapes, each repeated as
 * often as the number behind an asterisk says.
 *
 * @param text a character for each octet
 * @param end the index behind them in what they were read from
 */
record Octets(String text, int end) {

  /** Reads the quoted strings that an index stands before. */
  static Octets read(String source, int from) {
    StringBuilder text = new StringBuilder();
    int at = from;
    int end = from;
    while (at < source.length() && source.charAt(at) == '"') {
      StringBuilder unit = new StringBuilder();
      at = quoted(source, at + 1, unit);
      int digits = at + 1;
      while (digits < source.length() && Character.isDigit(source.charAt(digits))) {
        digits++;
      }
      boolean isRepeated = at < source.length() && source.charAt(at) == '*';
      int times = isRepeated ? Integer.parseInt(source.substring(at + 1, digits)) : 1;
      text.append(unit.toString().repeat(times));
      end = isRepeated ? digits : at;
      at = end;
      while (at < source.length() && source.charAt(at) == ' ') {
        at++;
      }
    }
    if (end == from) {
      throw new IllegalArgumentException("A quoted string is expected: " + source);
    }
    return new Octets(text.toString(), end);
  }

  /** The octets of a text in UTF-8. */
  static Octets of(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8));
  }

  static Octets of(byte[] octets) {
    return new Octets(new String(octets, StandardCharsets.ISO_8859_1), 0);
  }

  byte[] bytes() {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** One quoted string that reads as these octets. */
  String quoted() {
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '\r' -> quoted.append("\\r");
        case '\n' -> quoted.append("\\n");
        case '\t' -> quoted.append("\\t");
        case '\0' -> quoted.append("\\0");
        case '"', '\\' -> quoted.append('\\').append(c);
        default -> quoted.append(c < ' ' || c > '~' ? "\\x%02X".formatted((int) c) : c);
      }
    }
    return quoted.append('"').toString();
  }

  /** Unescapes up to the closing quote and returns the index behind it. */
  private static int quoted(String source, int from, StringBuilder unit) {
    ByteArrayOutputStream octets = new ByteArrayOutputStream();
    int at = from;
    while (at < source.length() && source.charAt(at) != '"') {
      char c = source.charAt(at++);
      if (c != '\\') {
        octets.writeBytes(String.valueOf(c).getBytes(StandardCharsets.UTF_8));
        continue;
      }
      char escape = source.charAt(at++);
      if (escape == 'x') {
        octets.write(Integer.parseInt(source.substring(at, at + 2), 16));
        at += 2;
      } else {
        octets.write(unescaped(escape));
      }
    }
    if (at == source.length()) {
      throw new IllegalArgumentException("A quoted string has no end: " + source);
    }
    unit.append(octets.toString(StandardCharsets.ISO_8859_1));
    return at + 1;
  }

  private static int unescaped(char escape) {
    return switch (escape) {
      case 'r' -> '\r';
      case 'n' -> '\n';
      case 't' -> '\t';
      case '0' -> 0;
      case '\\', '"' -> escape;
      default -> throw new IllegalArgumentException("No such escape: \\" + escape);
    };
  }
}
