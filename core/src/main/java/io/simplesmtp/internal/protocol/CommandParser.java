package io.simplesmtp.internal.protocol;

import io.simplesmtp.Hello;
import io.simplesmtp.Hello.Keyword;
import io.simplesmtp.Host;
import io.simplesmtp.MailFrom;
import io.simplesmtp.Mailbox;
import io.simplesmtp.Parameter;
import io.simplesmtp.Parameters;
import io.simplesmtp.RcptTo;
import io.simplesmtp.ReversePath;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The octets of one line to a {@link Command} (RFC 5321 section 4.1). Bad input is a value, {@link
 * Command.Malformed} or {@link Command.Unknown}, never an exception.
 *
 * <p>Immutable and safe for use by any thread.
 */
public final class CommandParser {

  private static final int MAX_HELLO = 255;
  private static final int MAX_MECHANISM = 20;
  private static final int MAX_SIZE_DIGITS = 20;
  private static final String SMTPUTF8 = " SMTPUTF8";

  private final boolean isLenient;
  private final Host host;
  private final Grammar grammar;

  /**
   * Parses by the rules of a listener.
   *
   * @param grammar what its service extensions add
   * @param isLenient whether paths may be written as some devices do
   * @param host the server's own name, which {@code <Postmaster>} without a domain gets
   */
  public CommandParser(Grammar grammar, boolean isLenient, Host host) {
    this.grammar = grammar;
    this.isLenient = isLenient;
    this.host = host;
  }

  /** Reads the octets between two indices, a line without its CR LF. */
  public Command parse(byte[] line, int from, int to) {
    int end = to;
    while (end > from && (line[end - 1] == ' ' || line[end - 1] == '\t')) {
      end--; // section 4.1.1: trailing white space is tolerated
    }
    int verbEnd = from;
    while (verbEnd < end && line[verbEnd] != ' ') {
      verbEnd++;
    }
    Verb verb = verb(line, from, verbEnd);
    Optional<String> argument = text(line, Math.min(verbEnd + 1, end), end);
    if (verb == Verb.UNKNOWN) {
      return extended(line, from, verbEnd, end, argument);
    }
    return argument.isPresent()
        ? parse(verb, argument.get())
        : new Command.Malformed(
            verb, verb == Verb.BDAT ? Replies.UNKNOWN_CHUNK_SIZE : Replies.BAD_LINE);
  }

  private Command parse(Verb verb, String argument) {
    return switch (verb) {
      case HELO -> hello(Keyword.HELO, argument);
      case EHLO -> hello(Keyword.EHLO, argument);
      case LHLO -> hello(Keyword.LHLO, argument);
      case MAIL -> mail(argument);
      case RCPT -> rcpt(argument);
      case DATA -> alone(verb, argument, new Command.Data());
      case BDAT -> bdat(argument);
      case RSET -> alone(verb, argument, new Command.Rset());
      case NOOP -> new Command.Noop();
      case QUIT -> alone(verb, argument, new Command.Quit());
      case VRFY, EXPN -> query(verb, argument);
      case HELP -> new Command.Help(argument);
      case STARTTLS -> alone(verb, argument, new Command.StartTls());
      case AUTH -> auth(argument);
      case XCLIENT, XFORWARD -> Attributes.command(verb, argument);
      case EXTENDED, UNKNOWN -> new Command.Unknown();
    };
  }

  private Command extended(byte[] line, int from, int verbEnd, int to, Optional<String> argument) {
    for (String verb : grammar.verbs()) {
      if (matches(verb, line, from, verbEnd)) {
        return argument.isPresent()
            ? new Command.Extended(verb, argument.get())
            : new Command.Malformed(Verb.EXTENDED, Replies.BAD_LINE);
      }
    }
    if (isChunkLike(line, from, to)) {
      return new Command.Malformed(Verb.BDAT, Replies.UNKNOWN_CHUNK_SIZE);
    }
    return Foreign.is(line, from, to) ? new Command.Foreign() : new Command.Unknown();
  }

  /**
   * {@code "BDAT" SP chunk-size [SP "LAST"]}, RFC 3030 section 2; a size has at most 20 digits and
   * fits a long. Whatever is no such line leaves it open where the next command begins.
   */
  private static Command bdat(String argument) {
    int space = argument.indexOf(' ');
    String digits = space < 0 ? argument : argument.substring(0, space);
    boolean isLast = space >= 0 && isLast(argument, space + 1);
    boolean isNumber =
        !digits.isEmpty()
            && digits.length() <= MAX_SIZE_DIGITS
            && digits.chars().allMatch(c -> c >= '0' && c <= '9');
    if (isNumber && isLast == (space >= 0)) {
      try {
        return new Command.Bdat(Long.parseLong(digits), isLast);
      } catch (NumberFormatException e) {
        // More than there can be.
      }
    }
    return new Command.Malformed(Verb.BDAT, Replies.UNKNOWN_CHUNK_SIZE);
  }

  private static boolean isLast(String argument, int from) {
    String marker = argument.substring(from);
    return marker.equalsIgnoreCase("LAST") && isAscii(marker);
  }

  /**
   * Whether a line was probably meant as a BDAT, so that a chunk may follow, for whatever stands
   * between the client and this server. What comes before the verb does not hide it.
   *
   * @param to the end of as much of the line as there is
   */
  public static boolean isChunkLike(byte[] line, int from, int to) {
    int begin = from;
    while (begin < to && line[begin] >= 0 && line[begin] <= ' ') {
      begin++;
    }
    int end = begin + Verb.BDAT.name().length();
    return end <= to && matches(Verb.BDAT.name(), line, begin, end);
  }

  private static Command alone(Verb verb, String argument, Command command) {
    return argument.isEmpty() ? command : new Command.Malformed(verb, Replies.NO_ARGUMENT_ALLOWED);
  }

  /**
   * Section 4.1.1.1, but any printable ASCII word serves as the name: what clients send there is
   * often no domain, and section 4.1.4 forbids to refuse mail for it.
   */
  private Command hello(Keyword keyword, String argument) {
    int end = isLenient ? argument.indexOf(' ') : -1;
    String name = end < 0 ? argument : argument.substring(0, end);
    boolean isWord =
        !name.isEmpty()
            && name.length() <= MAX_HELLO
            && name.chars().allMatch(c -> c > ' ' && c <= '~');
    return isWord
        ? new Command.Greet(new Hello(keyword, name))
        : new Command.Malformed(Verb.valueOf(keyword.name()), Replies.HELLO_ARGUMENT);
  }

  /** {@code mail = "MAIL FROM:" Reverse-path [SP Mail-parameters]}, section 4.1.1.2. */
  private Command mail(String argument) {
    Optional<RawPath> raw = RawPath.find(argument, "FROM:", isLenient);
    if (raw.isEmpty()) {
      return new Command.Malformed(Verb.MAIL, Replies.MAIL_ARGUMENT);
    }
    ReversePath path;
    try {
      String written = raw.get().path();
      path = written.isEmpty() ? ReversePath.NULL : mailbox(written);
    } catch (IllegalArgumentException e) {
      return new Command.Malformed(Verb.MAIL, Replies.BAD_SENDER);
    }
    try {
      Parameters parameters =
          ParameterReader.read(raw.get().parameters(), grammar.mailParameters());
      boolean isAsciiSubmitter =
          parameters.get(Parameter.AUTH).map(ReversePath::isAscii).orElse(true);
      return new Command.Mail(
          new MailFrom(path, parameters), isAsciiSubmitter && isAscii(argument));
    } catch (ParameterReader.BadParameter e) {
      return new Command.Malformed(Verb.MAIL, e.reply());
    }
  }

  /** {@code rcpt = "RCPT TO:" Forward-path [SP Rcpt-parameters]}, section 4.1.1.3. */
  private Command rcpt(String argument) {
    Optional<RawPath> raw = RawPath.find(argument, "TO:", isLenient);
    if (raw.isEmpty()) {
      return new Command.Malformed(Verb.RCPT, Replies.RCPT_ARGUMENT);
    }
    Mailbox mailbox;
    try {
      String written = raw.get().path();
      boolean isPostmaster = written.equalsIgnoreCase("postmaster") && isAscii(written);
      mailbox = isPostmaster ? new Mailbox(written, host) : mailbox(written);
    } catch (IllegalArgumentException e) {
      return new Command.Malformed(Verb.RCPT, Replies.BAD_RECIPIENT);
    }
    try {
      return new Command.Rcpt(
          new RcptTo(
              mailbox, ParameterReader.read(raw.get().parameters(), grammar.rcptParameters())),
          isAscii(argument));
    } catch (ParameterReader.BadParameter e) {
      return new Command.Malformed(Verb.RCPT, e.reply());
    }
  }

  private Mailbox mailbox(String written) {
    Mailbox mailbox = Mailbox.parse(written);
    if (!isLenient && mailbox.domain().indexOf('_') >= 0 && !mailbox.domain().startsWith("[")) {
      throw new IllegalArgumentException("An underscore in a domain");
    }
    return mailbox;
  }

  /** Sections 4.1.1.6 and 4.1.1.7; a trailing SMTPUTF8 allows UTF-8 (RFC 6531 section 3.7.4.2). */
  private static Command query(Verb verb, String argument) {
    int suffix = argument.length() - SMTPUTF8.length();
    boolean isUtf8 =
        suffix > 0
            && argument.substring(suffix).equalsIgnoreCase(SMTPUTF8)
            && isAscii(argument.substring(suffix));
    String query = isUtf8 ? argument.substring(0, suffix).trim() : argument;
    if (query.isEmpty()) {
      return new Command.Malformed(verb, Replies.STRING_ARGUMENT);
    }
    if (!isUtf8 && !isAscii(query)) {
      return new Command.Malformed(verb, Replies.UTF8_ARGUMENT);
    }
    return verb == Verb.VRFY ? new Command.Vrfy(query) : new Command.Expn(query);
  }

  /** {@code "AUTH" SP sasl-mech [SP initial-response]}, RFC 4954 section 8. */
  private static Command auth(String argument) {
    String[] words = argument.split(" ", -1);
    String name = words[0];
    boolean isMechanism =
        !name.isEmpty()
            && name.length() <= MAX_MECHANISM
            && name.chars().allMatch(c -> isAlphanumeric(c) || c == '-' || c == '_');
    if (!isMechanism || words.length > 2 || (words.length == 2 && words[1].isEmpty())) {
      return new Command.Malformed(Verb.AUTH, Replies.AUTH_ARGUMENT);
    }
    return new Command.Auth(
        name.toUpperCase(Locale.ROOT),
        words.length == 2 ? Optional.of(words[1]) : Optional.empty());
  }

  private static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 0x80) {
        return false;
      }
    }
    return true;
  }

  static boolean isAlphanumeric(int c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  private Verb verb(byte[] line, int from, int to) {
    for (Verb verb : grammar.isLmtp() ? LMTP_VERBS : VERBS) {
      if (matches(verb.name(), line, from, to)) {
        return verb;
      }
    }
    return Verb.UNKNOWN;
  }

  private static final Verb[] VERBS = {
    Verb.MAIL,
    Verb.RCPT,
    Verb.DATA,
    Verb.BDAT,
    Verb.EHLO,
    Verb.HELO,
    Verb.QUIT,
    Verb.RSET,
    Verb.NOOP,
    Verb.AUTH,
    Verb.STARTTLS,
    Verb.VRFY,
    Verb.EXPN,
    Verb.HELP,
    Verb.XCLIENT,
    Verb.XFORWARD
  };

  private static final Verb[] LMTP_VERBS = lmtpVerbs();

  private static Verb[] lmtpVerbs() {
    List<Verb> verbs = new ArrayList<>(List.of(VERBS));
    verbs.removeAll(List.of(Verb.HELO, Verb.EHLO));
    verbs.add(Verb.LHLO);
    return verbs.toArray(new Verb[0]);
  }

  private static boolean matches(String name, byte[] line, int from, int to) {
    if (to - from != name.length()) {
      return false;
    }
    for (int i = 0; i < name.length(); i++) {
      byte octet = line[from + i];
      int capital = octet >= 'a' && octet <= 'z' ? octet - ('a' - 'A') : octet;
      if (capital != name.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** The octets as text, or empty if they have a control character or are not UTF-8. */
  private static Optional<String> text(byte[] line, int from, int to) {
    boolean isAscii = true;
    for (int i = from; i < to; i++) {
      isAscii &= line[i] >= 0;
      if (line[i] >= 0 && (line[i] < ' ' || line[i] == 0x7f)) {
        return Optional.empty();
      }
    }
    if (isAscii) {
      return Optional.of(new String(line, from, to - from, StandardCharsets.ISO_8859_1));
    }
    try {
      ByteBuffer octets = ByteBuffer.wrap(line, from, to - from);
      String text = StandardCharsets.UTF_8.newDecoder().decode(octets).toString();
      return text.chars().anyMatch(CommandParser::isControl) ? Optional.empty() : Optional.of(text);
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  /** A C1 control, or a line or paragraph separator. */
  private static boolean isControl(int c) {
    return (c >= 0x80 && c < 0xa0) || c == '\u2028' || c == '\u2029';
  }
}
