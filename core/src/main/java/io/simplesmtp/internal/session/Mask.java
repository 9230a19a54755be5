package io.simplesmtp.internal.session;

import io.simplesmtp.internal.protocol.Command;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A client's lines as they may be told to logs and events. Secrets are masked here and nowhere
 * else: the arguments of AUTH, what follows AUTH in a line of another command, all but the first
 * word of a line that is no command, and behind either the lines that can be more than commands,
 * because a client may go on with its password whatever it was answered, and what it says may look
 * like a command with an argument. EHLO and MAIL end that.
 *
 * <p>Used by one thread, with every line of a session in its order.
 */
final class Mask {

  /** What stands for a secret. */
  static final String SECRET = "***";

  /** Made when the first line is shown that may be something else than a command. */
  private static final class Form {

    /** At the begin of a line, whatever follows, or anywhere as the end of a word. */
    static final Pattern AUTH =
        Pattern.compile("^[^a-z0-9]*auth|auth(?![a-z0-9])", Pattern.CASE_INSENSITIVE);

    /** Of somebody at a terminal, whose word is not what it looks like. */
    static final Pattern CORRECTED = Pattern.compile("\\\\u\\{(8|7f)}");

    /** How {@link Printable} writes what is not printable. */
    static final Pattern ESCAPE = Pattern.compile("\\\\u\\{[0-9a-f]+}");

    /** What could be a verb. */
    static final Pattern WORD = Pattern.compile("[A-Za-z]{1,12}(?![^ ])");
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
    String text = Printable.of(line, from, to);
    return switch (command) {
      case Command.Auth auth -> auth(auth);
      case Command.Greet greet -> begun(text);
      case Command.Mail mail -> begun(text);
      case Command.Malformed malformed -> doubtful(malformed.verb().spelling(), text);
      case Command.Unknown unknown -> unknown(text);
      case Command.Foreign foreign -> unknown(text);
      case Command.XClient xclient -> doubtful(xclient.verb().spelling(), text);
      case Command.XForward xforward -> doubtful(xforward.verb().spelling(), text);
      case Command.Extended extended -> doubtful(extended.name(), text);
      case Command.Noop noop -> doubtful(noop.verb().spelling(), text);
      case Command.Vrfy vrfy -> doubtful(vrfy.verb().spelling(), text);
      case Command.Expn expn -> doubtful(expn.verb().spelling(), text);
      case Command.Help help -> doubtful(help.verb().spelling(), text);
      default -> text;
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

  /** A line that begins as this command does, and may go on with whatever a client has to say. */
  private String doubtful(String verb, String text) {
    boolean wasSecretDue = isSecretDue;
    Matcher auth = Form.AUTH.matcher(text);
    boolean isAuth = auth.find();
    String visible = Form.ESCAPE.matcher(text).replaceAll("");
    boolean isCorrected =
        Form.CORRECTED.matcher(text).find() || (!isAuth && Form.AUTH.matcher(visible).find());
    isSecretDue |= isAuth || isCorrected || text.endsWith(Printable.CUT);
    if (wasSecretDue || isCorrected) {
      return shown(verb, text);
    }
    return isAuth ? shown(text.substring(0, auth.end()), text) : text;
  }

  /** A line that is no command of SMTP. */
  private String unknown(String text) {
    boolean wasSecretDue = isSecretDue;
    isSecretDue = true;
    Matcher word = Form.WORD.matcher(text);
    return shown(!wasSecretDue && word.lookingAt() ? word.group() : "", text);
  }

  /** The begin of a line, and a mask for what follows. */
  private static String shown(String begin, String text) {
    if (text.equalsIgnoreCase(begin)) {
      return text;
    }
    return begin.isEmpty() ? SECRET : begin + " " + SECRET;
  }

  private String begun(String text) {
    isSecretDue = false;
    return text;
  }
}
