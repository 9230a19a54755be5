package io.simplesmtp.app.load;

import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;

/**
 * The octets of a mail transaction, made once for all sessions. Immutable and safe for use by any
 * thread, as long as nobody writes into what is shared.
 */
final class Script {

  static final byte[] RSET = octets("RSET");
  static final byte[] QUIT = octets("QUIT");
  static final byte[] END = octets(".");

  /** The most that goes out in one write. */
  private static final long MOST_ROOM = 1L << 16;

  private static final long FOR_COMMANDS = 64;

  private final byte[] mail;
  private final byte[] sizedMail;
  private final List<byte[]> rcpts;
  private final byte[] content;
  private final Letter letter;

  /**
   * Writes it.
   *
   * @param run what no other run has in its Message-IDs
   * @throws IllegalArgumentException if the size is too small for the header
   */
  Script(Mail mail, String hostname, String run) {
    String from = "MAIL FROM:" + mail.from().path();
    this.mail = octets(from);
    this.sizedMail = octets(from + " SIZE=" + mail.size());
    this.rcpts = mail.to().stream().map(to -> octets("RCPT TO:" + to.path())).toList();
    this.content = octets(mail.isBdat() ? "BDAT " + mail.size() + " LAST" : "DATA");
    this.letter = new Letter(mail, hostname, run, ZonedDateTime.now(ZoneOffset.UTC));
  }

  /** The MAIL command, for servers that offer SIZE (RFC 1870) with the size. */
  byte[] mail(boolean isSized) {
    return isSized ? sizedMail : mail;
  }

  /** A RCPT command for each recipient. */
  List<byte[]> rcpts() {
    return rcpts;
  }

  /** DATA, or the BDAT command that the letter follows. */
  byte[] content() {
    return content;
  }

  /** What is sent. */
  Letter letter() {
    return letter;
  }

  /** The room for all that goes out at once, as long as it is not big. */
  int room() {
    long envelope = FOR_COMMANDS + sizedMail.length + content.length;
    for (byte[] rcpt : rcpts) {
      envelope += rcpt.length;
    }
    return (int) Math.min(MOST_ROOM, envelope + letter.size());
  }

  private static byte[] octets(String line) {
    return (line + "\r\n").getBytes(StandardCharsets.US_ASCII);
  }
}
