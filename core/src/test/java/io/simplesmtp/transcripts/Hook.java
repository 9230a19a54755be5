package io.simplesmtp.transcripts;

import io.simplesmtp.EnhancedStatus;
import io.simplesmtp.Reply;
import io.simplesmtp.SmtpRejectException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the application does when it is asked, from an {@code on} line.
 *
 * @param most how many octets of the mail data it reads; all of them unless the line says otherwise
 * @param kind how the reply comes about
 */
record Hook(long most, Kind kind, Reply reply) {

  enum Kind {
    RETURN,
    REJECT,
    THROW
  }

  /** What {@code throw} throws: no text of it may reach a client. */
  static final class Fault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Fault() {
      super("a fault of the application");
    }
  }

  private static final Pattern ANSWER =
      Pattern.compile(
          "(?:(unread|read (\\d+)) )?(?:(throw)|(reject )?(\\d{3}) (?:(\\d\\.\\d+\\.\\d+) )?(.*))");

  static Hook parse(String text) {
    Matcher answer = ANSWER.matcher(text);
    if (!answer.matches()) {
      throw new IllegalArgumentException("No answer of a handler: " + text);
    }
    long most =
        answer.group(1) == null
            ? Long.MAX_VALUE
            : answer.group(2) == null ? 0 : Long.parseLong(answer.group(2));
    if (answer.group(3) != null) {
      return new Hook(most, Kind.THROW, Reply.OK);
    }
    Reply reply =
        new Reply(
            Integer.parseInt(answer.group(5)),
            Optional.ofNullable(answer.group(6)).map(EnhancedStatus::parse),
            List.of(answer.group(7).split(" \\| ", -1)));
    return new Hook(most, answer.group(4) == null ? Kind.RETURN : Kind.REJECT, reply);
  }

  static Hook of(Reply reply) {
    return new Hook(Long.MAX_VALUE, Kind.RETURN, reply);
  }

  /** Answers. */
  Reply answer() {
    return switch (kind) {
      case RETURN -> reply;
      case REJECT -> throw new SmtpRejectException(reply);
      case THROW -> throw new Fault();
    };
  }
}
