package io.simplesmtp.internal.session;

import io.simplesmtp.internal.protocol.Command;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A client's lines as they may be told to logs and events. Secrets are masked here and nowhere
 * else: the arguments of AUTH, what follows AUTH in a line that is none, and lines that make no
 * sense after an AUTH, because a client may go on with its password whatever it was answered.
 *
 * <p>Used by one thread, with every line of a session in its order.
 */
final class Mask {

  /** What stands for a secret. */
  static final String SECRET = "***";

  /** Made when the first line is shown that is no command. */
  private static final class Form {

    /** At the begin of a line, whatever follows, or anywhere as a word. */
    static final Pattern AUTH =
        Pattern.compile("^[^a-z0-9]*auth|(?<![a-z0-9])auth(?![a-z0-9])", Pattern.CASE_INSENSITIVE);
  }

  private final List<String> mechanisms;
  private boolean isSecretDue;

  /**
   * Begins a session.
   *
   * @param mechanisms the names that may be shown behind AUTH; another word there may be a password
   */
  Mask(List<String> mechanisms) {
    this.mechanisms = mechanisms;
  }

  /** The line of a command. */
  String of(Command command, byte[] line, int from, int to) {
    return switch (command) {
      case Command.Auth auth -> auth(auth);
      case Command.Malformed malformed -> cut(Printable.of(line, from, to), false);
      case Command.Unknown unknown -> cut(Printable.of(line, from, to), isSecretDue);
      case Command.Greet greet -> begun(Printable.of(line, from, to));
      case Command.Mail mail -> begun(Printable.of(line, from, to));
      default -> Printable.of(line, from, to);
    };
  }

  /** A line past its bound, of which nothing was kept: what it was is not known. */
  String ofTooLong() {
    isSecretDue = true;
    return "(line too long)";
  }

  private String auth(Command.Auth auth) {
    isSecretDue = true;
    boolean isKnown = mechanisms.contains(auth.mechanism());
    String shown = isKnown ? auth.mechanism() : SECRET;
    return "AUTH " + shown + (isKnown && auth.initialResponse().isPresent() ? " " + SECRET : "");
  }

  private String cut(String text, boolean isSecret) {
    Matcher auth = Form.AUTH.matcher(text);
    if (auth.find()) {
      isSecretDue = true;
      return text.substring(0, auth.end()) + " " + SECRET;
    }
    return isSecret ? SECRET : text;
  }

  private String begun(String text) {
    isSecretDue = false;
    return text;
  }
}
