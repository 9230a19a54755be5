package io.simplesmtp.app;

import io.simplesmtp.Domain;
import io.simplesmtp.EnhancedStatus;
import io.simplesmtp.Mailbox;
import io.simplesmtp.Reply;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/**
 * Recipients that are refused, and how.
 *
 * @param pattern found anywhere in the mailbox, in any case
 * @param reply what their client hears
 */
record RecipientRule(Pattern pattern, Reply reply) {

  private static final Reply DEFAULT = Reply.of(550, "5.1.1", "Mailbox unavailable");

  /** The last equals sign that a reply code follows, and the reply. */
  private static final Pattern FORM =
      Pattern.compile("(?s)(.*)=(\\d{3})(?: (\\d\\.\\d{1,3}\\.\\d{1,3}))?(?: (.*))?");

  /** A misspelt reply would be part of an expression that is never found. */
  private static final Pattern NO_REPLY = Pattern.compile("(?s).*=[245]\\d[^=]*");

  /**
   * Reads {@code REGEX[=REPLY]}, such as {@code ^info@=450 4.2.1 Try again later}.
   *
   * @throws IllegalArgumentException if the expression or the reply is not legal
   */
  static RecipientRule parse(String text) {
    Matcher form = FORM.matcher(text);
    boolean hasReply = form.matches();
    if (!hasReply && NO_REPLY.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "has behind its last = what begins like a reply and is none, such as 450 4.2.1 Try later"
              + " (an = of the expression itself is written [=])");
    }
    String expression = hasReply ? form.group(1) : text;
    if (expression.isEmpty()) {
      throw new IllegalArgumentException("has no regular expression");
    }
    return new RecipientRule(compile(expression), hasReply ? reply(form) : DEFAULT);
  }

  /** A domain can be written in several ways, and is found in each of them. */
  boolean matches(Mailbox mailbox) {
    Stream<String> others =
        mailbox.host() instanceof Domain domain
            ? Stream.of(domain.canonical(), domain.toUnicode())
            : Stream.empty();
    return Stream.concat(
            Stream.of(mailbox),
            others.map(name -> new Mailbox(mailbox.localPart(), new Domain(name))))
        .anyMatch(form -> pattern.matcher(form.toString()).find());
  }

  private static Pattern compile(String expression) {
    try {
      return Pattern.compile(expression, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "has a wrong regular expression: " + e.getDescription(), e);
    }
  }

  private static Reply reply(Matcher form) {
    int code = Integer.parseInt(form.group(2));
    if (code < 400 || code > 599) {
      throw new IllegalArgumentException("has a reply that does not refuse: it is 4xx or 5xx");
    }
    String text = Optional.ofNullable(form.group(4)).orElse("Recipient refused");
    try {
      return form.group(3) == null
          ? Reply.of(code, text)
          : new Reply(code, Optional.of(EnhancedStatus.parse(form.group(3))), List.of(text));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("has a wrong reply: " + e.getMessage(), e);
    }
  }
}
