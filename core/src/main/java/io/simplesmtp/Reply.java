package io.simplesmtp;

import java.util.List;
import java.util.Optional;

/**
 * An SMTP reply: a code, an enhanced status where the code has one, and one or more lines of text
 * (RFC 5321 section 4.2, RFC 2034).
 *
 * <pre>{@code
 * Reply accepted = Reply.ok("Queued as 4711");
 * Reply refused = Reply.of(550, "5.1.1", "No such user here");
 * Reply explained = Reply.of(554, "5.7.1", "Not accepted", "See our policy page");
 * }</pre>
 *
 * <p>A reply is legal or it is not made: the code is 200 to 559 and its second digit at most 5, the
 * status agrees with the code's first digit, and no line has a character other than printable
 * ASCII, space and tab. So no text can break the line and forge another reply; put nothing of a
 * client's into one unescaped.
 *
 * <p>Immutable and safe for use by any thread.
 *
 * @param code the reply code, such as 250
 * @param status the enhanced status; empty for replies that carry none, such as 220, 354 and EHLO's
 * @param lines 1 to {@value #MAX_LINES} lines, each at most {@value #MAX_TEXT} characters
 */
public record Reply(int code, Optional<EnhancedStatus> status, List<String> lines)
    implements DataReply {

  /** The longest text of a line: 512 octets less code, status and CRLF (RFC 5321 4.5.3.1.5). */
  public static final int MAX_TEXT = 490;

  private static final int MAX_STATUS_DIGITS = 3;

  /** The most lines that a reply has. */
  public static final int MAX_LINES = 100;

  /** {@code 250 2.0.0 OK}. */
  public static final Reply OK = of(250, "2.0.0", "OK");

  /** {@code 250 2.1.0 Sender OK}. */
  public static final Reply SENDER_OK = of(250, "2.1.0", "Sender OK");

  /** {@code 250 2.1.5 Recipient OK}. */
  public static final Reply RECIPIENT_OK = of(250, "2.1.5", "Recipient OK");

  /**
   * Checks the reply.
   *
   * @throws IllegalArgumentException if code, status or text are not legal
   */
  public Reply {
    lines = List.copyOf(lines);
    if (code < 200 || code > 559 || code / 10 % 10 > 5) {
      throw new IllegalArgumentException("Not a reply code of RFC 5321 section 4.2: " + code);
    }
    if (status.isPresent() && status.get().category() != code / 100) {
      throw new IllegalArgumentException("Status " + status.get() + " does not go with " + code);
    }
    if (lines.isEmpty() || lines.size() > MAX_LINES) {
      throw new IllegalArgumentException("A reply has 1 to " + MAX_LINES + " lines");
    }
    for (int i = 0; i < lines.size(); i++) {
      checkText(lines.get(i));
    }
  }

  /**
   * A reply with a status.
   *
   * @param status such as {@code 5.1.1}
   * @throws IllegalArgumentException if code, status or text are not legal
   */
  public static Reply of(int code, String status, String... lines) {
    return new Reply(code, Optional.of(EnhancedStatus.parse(status)), List.of(lines));
  }

  /**
   * A reply with the undefined status of its class, such as {@code 5.0.0}, or none for a 3xx code.
   *
   * @throws IllegalArgumentException if code or text are not legal, or if the text is a status and
   *     so the text itself was forgotten
   */
  public static Reply of(int code, String text) {
    if (isStatus(text)) {
      throw new IllegalArgumentException("A reply has a text behind its status: " + text);
    }
    int category = code / 100;
    return new Reply(
        code,
        category == 3 ? Optional.empty() : Optional.of(new EnhancedStatus(category, 0, 0)),
        List.of(text));
  }

  /**
   * {@code 250 2.0.0} with a text of your own.
   *
   * @throws IllegalArgumentException if the text is not legal
   */
  public static Reply ok(String text) {
    return of(250, "2.0.0", text);
  }

  /** Whether the code is 2xx: done as asked. */
  public boolean isPositive() {
    return code / 100 == 2;
  }

  /** Whether the code is 4xx: the client may try again later. */
  public boolean isTransient() {
    return code / 100 == 4;
  }

  /** Whether the code is 5xx: the client must not repeat the command as it was. */
  public boolean isPermanent() {
    return code / 100 == 5;
  }

  /** Whether the server closes the connection after this reply: 221 and 421. */
  public boolean isClosing() {
    return code == 221 || code == 421;
  }

  /** The reply as it is written, a space in the place of each line break. */
  @Override
  public String toString() {
    return code + status.map(s -> " " + s).orElse("") + " " + String.join(" ", lines);
  }

  /** Whether a text is such as {@code 5.1.1}. */
  private static boolean isStatus(String text) {
    int dot = text.indexOf('.', 2);
    return dot > 0
        && "245".indexOf(text.charAt(0)) >= 0
        && text.charAt(1) == '.'
        && isShortNumber(text.substring(2, dot))
        && isShortNumber(text.substring(dot + 1));
  }

  private static boolean isShortNumber(String text) {
    return !text.isEmpty() && text.length() <= MAX_STATUS_DIGITS && Ascii.isNumber(text);
  }

  private static void checkText(String text) {
    if (text.length() > MAX_TEXT) {
      throw new IllegalArgumentException(
          "A line of a reply has at most " + MAX_TEXT + " characters");
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if ((c < ' ' && c != '\t') || c > '~') {
        throw new IllegalArgumentException(
            "A reply has only printable ASCII, space and tab, but there is U+%04X at %d"
                .formatted((int) c, i));
      }
    }
  }
}
