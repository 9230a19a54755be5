package io.simplesmtp.server;

/**
 * The bounds of what a client can ask of a server, each with the reply that is given past it.
 *
 * <pre>{@code
 * Limits strict = Limits.DEFAULT.withRecipients(100).withMessageSize(10 << 20);
 * }</pre>
 *
 * <p>A server has its limits, and a listener may have its own in their place. Immutable and safe
 * for use by any thread.
 *
 * @param commandLine octets of a command with its CRLF; 500 5.5.2 past it; 2,048 (RFC 5321 section
 *     4.5.3.1.4 asks for 512 at least, and service extensions add to it)
 * @param textLine octets of a line of mail data with its CRLF; 554 5.6.0 past it; 1 MiB (RFC 5321
 *     section 4.5.3.1.6 asks for 1,000 at least)
 * @param lineEndings what is done with bare CR, bare LF and NUL in mail data; {@code STRICT}
 * @param recipients accepted in one transaction; 452 4.5.3 to one more, announced with LIMITS (RFC
 *     9422); 1,000 (RFC 5321 section 4.5.3.1.8 asks for 100 at least)
 * @param recipientDomains different domains of the recipients accepted in a session; 452 4.5.3 to a
 *     recipient at one more; 10,000; announced with LIMITS if it is less than {@code recipients}
 *     (RFC 9422 section 4.3)
 * @param messageSize octets of a message; 552 5.3.4 past it, announced with SIZE (RFC 1870); 25 MiB
 * @param headerSize octets before the first empty line of a message; 552 5.3.4 past it; 256 KiB
 * @param errors 4xx and 5xx replies since the last accepted message, but for those to the first
 *     1,000 recipients too many and to chunks behind a refused one; 421 4.7.0 in the place of one
 *     more; 20
 * @param commandsWithoutMail HELO, EHLO, RSET, NOOP, VRFY, EXPN and HELP, chunks without octets and
 *     chunks behind a refused one since the last accepted message; 421 4.7.0 to one more; 100
 * @param authFailures failed AUTH commands of a session; 421 4.7.0 in the place of the last; 3
 * @param messages mail transactions of a session; 421 4.7.0 to one more MAIL, announced with
 *     LIMITS; 10,000
 */
public record Limits(
    int commandLine,
    int textLine,
    LineEndings lineEndings,
    int recipients,
    int recipientDomains,
    long messageSize,
    long headerSize,
    int errors,
    int commandsWithoutMail,
    int authFailures,
    int messages) {

  /** The defaults. */
  public static final Limits DEFAULT =
      new Limits(
          2_048,
          1 << 20,
          LineEndings.STRICT,
          1_000,
          10_000,
          25L << 20,
          256L << 10,
          20,
          100,
          3,
          10_000);

  /** The longest command line that can be asked for. */
  static final int MAX_COMMAND_LINE = 1 << 16;

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if a value is out of its range
   */
  public Limits {
    atLeast(512, "commandLine", commandLine);
    atLeast(1000, "textLine", textLine);
    atLeast(1, "recipients", recipients);
    atLeast(1, "recipientDomains", recipientDomains);
    atLeast(1, "messageSize", messageSize);
    atLeast(1, "headerSize", headerSize);
    atLeast(1, "errors", errors);
    atLeast(1, "commandsWithoutMail", commandsWithoutMail);
    atLeast(1, "authFailures", authFailures);
    atLeast(1, "messages", messages);
    if (commandLine > MAX_COMMAND_LINE) {
      throw new IllegalArgumentException("commandLine is at most 65536: " + commandLine);
    }
  }

  /** These limits with another {@code commandLine}. */
  public Limits withCommandLine(int value) {
    return new Limits(
        value,
        textLine,
        lineEndings,
        recipients,
        recipientDomains,
        messageSize,
        headerSize,
        errors,
        commandsWithoutMail,
        authFailures,
        messages);
  }

  /** These limits with another {@code textLine}. */
  public Limits withTextLine(int value) {
    return new Limits(
        commandLine,
        value,
        lineEndings,
        recipients,
        recipientDomains,
        messageSize,
        headerSize,
        errors,
        commandsWithoutMail,
        authFailures,
        messages);
  }

  /** These limits with another {@code lineEndings}. */
  public Limits withLineEndings(LineEndings value) {
    return new Limits(
        commandLine,
        textLine,
        value,
        recipients,
        recipientDomains,
        messageSize,
        headerSize,
        errors,
        commandsWithoutMail,
        authFailures,
        messages);
  }

  /** These limits with another {@code recipients}. */
  public Limits withRecipients(int value) {
    return new Limits(
        commandLine,
        textLine,
        lineEndings,
        value,
        recipientDomains,
        messageSize,
        headerSize,
        errors,
        commandsWithoutMail,
        authFailures,
        messages);
  }

  /** These limits with another {@code recipientDomains}. */
  public Limits withRecipientDomains(int value) {
    return new Limits(
        commandLine,
        textLine,
        lineEndings,
        recipients,
        value,
        messageSize,
        headerSize,
        errors,
        commandsWithoutMail,
        authFailures,
        messages);
  }

  /** These limits with another {@code messageSize}. */
  public Limits withMessageSize(long value) {
    return new Limits(
        commandLine,
        textLine,
        lineEndings,
        recipients,
        recipientDomains,
        value,
        headerSize,
        errors,
        commandsWithoutMail,
        authFailures,
        messages);
  }

  /** These limits with another {@code headerSize}. */
  public Limits withHeaderSize(long value) {
    return new Limits(
        commandLine,
        textLine,
        lineEndings,
        recipients,
        recipientDomains,
        messageSize,
        value,
        errors,
        commandsWithoutMail,
        authFailures,
        messages);
  }

  /** These limits with another {@code errors}. */
  public Limits withErrors(int value) {
    return new Limits(
        commandLine,
        textLine,
        lineEndings,
        recipients,
        recipientDomains,
        messageSize,
        headerSize,
        value,
        commandsWithoutMail,
        authFailures,
        messages);
  }

  /** These limits with another {@code commandsWithoutMail}. */
  public Limits withCommandsWithoutMail(int value) {
    return new Limits(
        commandLine,
        textLine,
        lineEndings,
        recipients,
        recipientDomains,
        messageSize,
        headerSize,
        errors,
        value,
        authFailures,
        messages);
  }

  /** These limits with another {@code authFailures}. */
  public Limits withAuthFailures(int value) {
    return new Limits(
        commandLine,
        textLine,
        lineEndings,
        recipients,
        recipientDomains,
        messageSize,
        headerSize,
        errors,
        commandsWithoutMail,
        value,
        messages);
  }

  /** These limits with another {@code messages}. */
  public Limits withMessages(int value) {
    return new Limits(
        commandLine,
        textLine,
        lineEndings,
        recipients,
        recipientDomains,
        messageSize,
        headerSize,
        errors,
        commandsWithoutMail,
        authFailures,
        value);
  }

  static void atLeast(long minimum, String name, long value) {
    if (value < minimum) {
      throw new IllegalArgumentException(name + " is at least " + minimum + ": " + value);
    }
  }
}
