package io.simplesmtp.internal.protocol;

import io.simplesmtp.Hello;
import io.simplesmtp.MailFrom;
import io.simplesmtp.RcptTo;
import io.simplesmtp.Reply;
import java.util.Optional;

/** A line of the client's, read and checked by itself; whether it may come now is not judged. */
public sealed interface Command {

  /** The command's verb. */
  Verb verb();

  /** HELO, EHLO or LHLO. */
  record Greet(Hello hello) implements Command {
    @Override
    public Verb verb() {
      return switch (hello.keyword()) {
        case HELO -> Verb.HELO;
        case EHLO -> Verb.EHLO;
        case LHLO -> Verb.LHLO;
      };
    }
  }

  /**
   * MAIL FROM.
   *
   * @param isAscii whether nothing in the line needs SMTPUTF8
   */
  record Mail(MailFrom from, boolean isAscii) implements Command {
    @Override
    public Verb verb() {
      return Verb.MAIL;
    }
  }

  /**
   * RCPT TO.
   *
   * @param isAscii whether nothing in the line needs SMTPUTF8
   */
  record Rcpt(RcptTo to, boolean isAscii) implements Command {
    @Override
    public Verb verb() {
      return Verb.RCPT;
    }
  }

  /** DATA. */
  record Data() implements Command {
    @Override
    public Verb verb() {
      return Verb.DATA;
    }
  }

  /**
   * BDAT (RFC 3030 section 2).
   *
   * @param size octets that follow the command
   * @param isLast whether the message ends with them
   */
  record Bdat(long size, boolean isLast) implements Command {
    @Override
    public Verb verb() {
      return Verb.BDAT;
    }
  }

  /** RSET. */
  record Rset() implements Command {
    @Override
    public Verb verb() {
      return Verb.RSET;
    }
  }

  /** NOOP, its argument dropped. */
  record Noop() implements Command {
    @Override
    public Verb verb() {
      return Verb.NOOP;
    }
  }

  /** QUIT. */
  record Quit() implements Command {
    @Override
    public Verb verb() {
      return Verb.QUIT;
    }
  }

  /** VRFY. */
  record Vrfy(String query) implements Command {
    @Override
    public Verb verb() {
      return Verb.VRFY;
    }
  }

  /** EXPN. */
  record Expn(String list) implements Command {
    @Override
    public Verb verb() {
      return Verb.EXPN;
    }
  }

  /**
   * HELP.
   *
   * @param topic the argument; may be empty
   */
  record Help(String topic) implements Command {
    @Override
    public Verb verb() {
      return Verb.HELP;
    }
  }

  /** STARTTLS. */
  record StartTls() implements Command {
    @Override
    public Verb verb() {
      return Verb.STARTTLS;
    }
  }

  /**
   * AUTH.
   *
   * @param mechanism in capitals
   * @param initialResponse still in base64, or {@code =} for an empty one
   */
  record Auth(String mechanism, Optional<String> initialResponse) implements Command {
    @Override
    public Verb verb() {
      return Verb.AUTH;
    }
  }

  /**
   * A verb of a service extension's.
   *
   * @param name in capitals
   * @param argument may be empty
   */
  record Extended(String name, String argument) implements Command {
    @Override
    public Verb verb() {
      return Verb.EXTENDED;
    }
  }

  /** XCLIENT. */
  record XClient(Attributes attributes) implements Command {
    @Override
    public Verb verb() {
      return Verb.XCLIENT;
    }
  }

  /** XFORWARD. */
  record XForward(Attributes attributes) implements Command {
    @Override
    public Verb verb() {
      return Verb.XFORWARD;
    }
  }

  /** A line of another protocol. */
  record Foreign() implements Command {
    @Override
    public Verb verb() {
      return Verb.UNKNOWN;
    }
  }

  /** A line that begins with none of the verbs. */
  record Unknown() implements Command {
    @Override
    public Verb verb() {
      return Verb.UNKNOWN;
    }
  }

  /** A line that begins with a verb and does not follow its grammar, and the reply that says so. */
  record Malformed(Verb verb, Reply reply) implements Command {}
}
