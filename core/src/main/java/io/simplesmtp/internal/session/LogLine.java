package io.simplesmtp.internal.session;

import java.nio.charset.StandardCharsets;

/**
 * A line of a log as programs read it: the name of an event, and {@code key=value} for each thing
 * known of it. A value with spaces, quotes or equals signs stands in quotes, and nothing in it can
 * end them. For one thread.
 */
public final class LogLine {

  private final String event;
  private final StringBuilder text;

  /** Begins with a name that needs no quotes. */
  public LogLine(String event) {
    this.event = event;
    text = new StringBuilder(160).append(event);
  }

  /** The name that it begins with. */
  public String event() {
    return event;
  }

  /** Adds what is known; the key needs no quotes. */
  public LogLine with(String key, Object value) {
    byte[] octets = value.toString().getBytes(StandardCharsets.UTF_8);
    String printable = Printable.of(octets, 0, octets.length);
    text.append(' ').append(key).append('=');
    if (printable.isEmpty() || printable.chars().anyMatch(LogLine::isSeparator)) {
      text.append('"').append(printable.replace("\"", "\\u{22}")).append('"');
    } else {
      text.append(printable);
    }
    return this;
  }

  private static boolean isSeparator(int c) {
    return Character.isSpaceChar(c) || c == '"' || c == '=';
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
