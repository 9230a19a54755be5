package io.simplesmtp.internal.protocol;

import io.simplesmtp.Reply;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Every reply that the engine itself gives, in the order of their codes. */
public final class Replies {

  public static final Reply READY_FOR_TLS = Reply.of(220, "2.0.0", "Ready to start TLS");
  public static final Reply AUTHENTICATED = Reply.of(235, "2.7.0", "Authentication succeeded");
  public static final Reply CHUNK_RECEIVED = Reply.of(250, "2.0.0", "Chunk received");
  public static final Reply RESET = Reply.of(250, "2.0.0", "Reset");
  public static final Reply TAKEN_FOR_SOME =
      Reply.of(250, "2.0.0", "Accepted for some of the recipients");
  public static final Reply REPLIES_FOLLOW =
      bare(353, List.of("A reply for each recipient follows"));
  public static final Reply SEND_DATA = bare(354, List.of("End data with <CR><LF>.<CR><LF>"));

  public static final Reply FAULT_CLOSING =
      Reply.of(421, "4.3.0", "Local error, closing connection");
  public static final Reply SHUTTING_DOWN = Reply.of(421, "4.3.2", "Shutting down");
  public static final Reply TOO_MANY_CONNECTIONS =
      Reply.of(421, "4.3.2", "Too many connections, try again later");
  public static final Reply TIMED_OUT = Reply.of(421, "4.4.2", "Timeout, closing connection");
  public static final Reply LOW_ON_MEMORY =
      Reply.of(421, "4.3.2", "Low on memory, try again later");
  public static final Reply TOO_MANY_FROM_CLIENT =
      Reply.of(421, "4.7.0", "Too many connections from your address");
  public static final Reply TOO_MANY_ERRORS = Reply.of(421, "4.7.0", "Too many errors");
  public static final Reply TOO_MANY_IDLE =
      Reply.of(421, "4.7.0", "Too many commands without mail");
  public static final Reply TOO_MANY_MESSAGES =
      Reply.of(421, "4.7.0", "Too many messages in this session");
  public static final Reply TOO_MANY_AUTH_FAILURES =
      Reply.of(421, "4.7.0", "Too many failed authentications");
  public static final Reply TOO_MANY_AUTH_FAILURES_FROM_CLIENT =
      Reply.of(421, "4.7.0", "Too many failed authentications from your address");
  public static final Reply NOT_SMTP = Reply.of(421, "4.7.0", "This is SMTP, closing connection");
  public static final Reply TOO_EARLY =
      Reply.of(421, "4.7.0", "You spoke before the greeting, closing connection");
  public static final Reply INJECTED = Reply.of(421, "4.7.0", "Commands in clear after STARTTLS");
  public static final Reply UNKNOWN_CHUNK_SIZE =
      Reply.of(421, "4.5.4", "Cannot read the chunk size, closing connection");
  public static final Reply FAULT = Reply.of(451, "4.3.0", "Local error in processing");
  public static final Reply DATA_LOST = Reply.of(451, "4.4.2", "Connection lost in mail data");
  public static final Reply GIVEN_UP = Reply.of(451, "4.5.0", "Message given up by the client");
  public static final Reply NO_MEMORY = Reply.of(452, "4.3.1", "Low on memory, try again later");
  public static final Reply TOO_MANY_RECIPIENTS = Reply.of(452, "4.5.3", "Too many recipients");
  public static final Reply TOO_MANY_DOMAINS =
      Reply.of(452, "4.5.3", "Too many recipient domains in this session");
  public static final Reply AUTH_UNAVAILABLE =
      Reply.of(454, "4.7.0", "Temporary authentication failure");

  public static final Reply UNKNOWN_COMMAND = Reply.of(500, "5.5.1", "Command not recognized");
  public static final Reply LINE_TOO_LONG = Reply.of(500, "5.5.2", "Line too long");
  public static final Reply BAD_LINE =
      Reply.of(500, "5.5.2", "Control characters or broken UTF-8 in command line");
  public static final Reply BAD_RECIPIENT = Reply.of(501, "5.1.3", "Bad recipient address syntax");
  public static final Reply BAD_SENDER = Reply.of(501, "5.1.7", "Bad sender address syntax");
  public static final Reply BAD_BASE64 = Reply.of(501, "5.5.2", "Cannot decode base64");
  public static final Reply BAD_PARAMETER = Reply.of(501, "5.5.4", "Bad parameter");
  public static final Reply NO_ARGUMENT_ALLOWED = Reply.of(501, "5.5.4", "No argument allowed");
  public static final Reply HELLO_ARGUMENT =
      Reply.of(501, "5.5.4", "One domain or address literal expected");
  public static final Reply MAIL_ARGUMENT = Reply.of(501, "5.5.4", "Syntax: MAIL FROM:<address>");
  public static final Reply RCPT_ARGUMENT = Reply.of(501, "5.5.4", "Syntax: RCPT TO:<address>");
  public static final Reply ATTRIBUTES_ARGUMENT =
      Reply.of(501, "5.5.4", "Syntax: attribute=value, bad name or value");
  public static final Reply STRING_ARGUMENT = Reply.of(501, "5.5.4", "Argument expected");
  public static final Reply AUTH_ARGUMENT =
      Reply.of(501, "5.5.4", "Syntax: AUTH mechanism [initial-response]");
  public static final Reply BAD_RESPONSE = Reply.of(501, "5.5.2", "Malformed SASL response");
  public static final Reply AUTH_LINE_TOO_LONG = Reply.of(500, "5.5.6", "SASL response too long");
  public static final Reply AUTH_CANCELLED = Reply.of(501, "5.7.0", "Authentication cancelled");
  public static final Reply NOT_IMPLEMENTED = Reply.of(502, "5.5.1", "Command not implemented");
  public static final Reply HELLO_FIRST = Reply.of(503, "5.5.1", "Send HELO or EHLO first");
  public static final Reply LHLO_FIRST = Reply.of(503, "5.5.1", "Send LHLO first");
  public static final Reply MAIL_FIRST = Reply.of(503, "5.5.1", "Send MAIL first");
  public static final Reply RCPT_FIRST = Reply.of(503, "5.5.1", "Send RCPT first");
  public static final Reply NESTED_MAIL = Reply.of(503, "5.5.1", "Mail transaction already open");
  public static final Reply IN_TRANSACTION =
      Reply.of(503, "5.5.1", "Not allowed in a mail transaction");
  public static final Reply BETWEEN_CHUNKS =
      Reply.of(503, "5.5.1", "Not allowed between the chunks of a message");
  public static final Reply CHUNK_OF_REFUSED =
      Reply.of(503, "5.5.1", "Chunk dropped, its message was refused");
  public static final Reply BINARY_NEEDS_BDAT =
      Reply.of(503, "5.5.1", "BODY=BINARYMIME needs BDAT");
  public static final Reply ALREADY_TLS = Reply.of(503, "5.5.1", "TLS is already active");
  public static final Reply ALREADY_AUTHENTICATED = Reply.of(503, "5.5.1", "Already authenticated");
  public static final Reply ONLY_QUIT = Reply.of(503, "5.5.1", "Only QUIT is served here");
  public static final Reply UNKNOWN_MECHANISM =
      Reply.of(504, "5.5.4", "Authentication mechanism not offered");
  public static final Reply TLS_FIRST =
      Reply.of(530, "5.7.0", "Must issue a STARTTLS command first");
  public static final Reply AUTH_FIRST = Reply.of(530, "5.7.0", "Authentication required");
  public static final Reply BAD_CREDENTIALS =
      Reply.of(535, "5.7.8", "Authentication credentials invalid");
  public static final Reply TLS_FOR_AUTH =
      Reply.of(538, "5.7.11", "Encryption required for authentication");
  public static final Reply NOT_TRUSTED = Reply.of(550, "5.7.0", "Insufficient authorization");
  public static final Reply MESSAGE_TOO_BIG = Reply.of(552, "5.3.4", "Message too big");
  public static final Reply HEADER_TOO_BIG = Reply.of(552, "5.3.4", "Message header too big");
  public static final Reply UTF8_SENDER =
      Reply.of(553, "5.6.7", "Non-ASCII sender address needs SMTPUTF8");
  public static final Reply UTF8_RECIPIENT =
      Reply.of(553, "5.6.7", "Non-ASCII recipient address needs SMTPUTF8");
  public static final Reply UTF8_ARGUMENT =
      Reply.of(553, "5.6.7", "Non-ASCII argument needs SMTPUTF8");
  public static final Reply BARE_LINE_BREAK =
      Reply.of(554, "5.6.0", "Bare CR or LF in mail data, lines end in CRLF");
  public static final Reply NUL_IN_DATA = Reply.of(554, "5.6.0", "NUL in mail data");
  public static final Reply TEXT_LINE_TOO_LONG =
      Reply.of(554, "5.6.0", "Line too long in mail data");
  public static final Reply UNKNOWN_PARAMETER =
      Reply.of(555, "5.5.4", "Parameter not recognized or not implemented");

  private Replies() {}

  /**
   * 220: the greeting (RFC 5321 section 4.3.1).
   *
   * @param protocol what is spoken: ESMTP or LMTP
   * @param banner what stands behind that, at least one line
   * @throws IllegalArgumentException if the first line gets too long
   */
  public static Reply greeting(String hostname, String protocol, List<String> banner) {
    List<String> lines = new ArrayList<>(banner);
    lines.set(0, (hostname + " " + protocol + " " + banner.get(0)).strip());
    return bare(220, lines);
  }

  /** The reply without its status, as greetings and answers to HELO and EHLO have it (RFC 2034). */
  public static Reply bare(Reply reply) {
    return bare(reply.code(), reply.lines());
  }

  /** 214: the commands, and the RFC where they are. */
  public static Reply help(boolean isLmtp, List<String> commands, Collection<String> own) {
    List<String> lines = new ArrayList<>();
    lines.add(String.join(" ", commands));
    own.stream().sorted().forEach(lines::add);
    lines.add(isLmtp ? "See RFC 2033" : "See RFC 5321");
    return Reply.of(214, "2.0.0", lines.toArray(new String[0]));
  }

  /** 221: the answer to QUIT. */
  public static Reply goodbye(String hostname) {
    return Reply.of(221, "2.0.0", hostname + " closing connection");
  }

  /** 250: the answer to HELO, and with a line for each extension to EHLO. */
  public static Reply hello(List<String> lines) {
    return bare(250, lines);
  }

  /** 421 with the hostname before its text, as RFC 5321 section 4.2.2 writes it. */
  public static Reply closing(String hostname, Reply reply) {
    List<String> lines = reply.lines();
    String first = lines.get(0);
    if (lines.size() > 1 || hostname.length() + first.length() >= Reply.MAX_TEXT) {
      return reply;
    }
    return new Reply(reply.code(), reply.status(), List.of(hostname + " " + first));
  }

  private static Reply bare(int code, List<String> lines) {
    return new Reply(code, Optional.empty(), lines);
  }
}
