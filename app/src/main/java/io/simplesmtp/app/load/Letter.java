package io.simplesmtp.app.load;

import io.simplesmtp.Mailbox;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * A message of an exact size (RFC 5322): a header, in which only the Message-ID differs from one
 * message to the next, and lines of text, none of which begins with a dot, so that there is nothing
 * to stuff. Big ones take no more memory than small ones, as their lines are repeated.
 *
 * <p>Immutable and safe for use by any thread.
 */
final class Letter {

  /** RFC 5322 section 2.1.1, without the CRLF. */
  static final int LINE = 78;

  private static final int DIGITS = 12;
  private static final int WIDTH = LINE + 2;
  private static final int BLOCK_LINES = 800;
  private static final String ALPHABET =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+/";
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss Z", Locale.US);

  private final byte[] header;
  private final int stamp; // where the number of a message ends
  private final byte[] block;
  private final long blocks;
  private final byte[] tail;

  /**
   * Makes one.
   *
   * @param run what no other run has in its Message-IDs
   * @throws IllegalArgumentException if the size is too small for the header; the message says so
   */
  Letter(Mail mail, String hostname, String run, ZonedDateTime date) {
    String sender =
        mail.from() instanceof Mailbox from ? from.toString() : "postmaster@" + hostname;
    String end = "." + run + "@" + hostname + ">";
    String text =
        field("Date", DATE.format(date))
            + field("From", "<" + sender + ">")
            + field("To", "<" + mail.to().get(0) + ">")
            + "Subject: A message of a load generator\r\n"
            + field("Message-ID", "<" + "0".repeat(DIGITS) + end)
            + "\r\n";
    header = text.getBytes(StandardCharsets.US_ASCII);
    stamp = header.length - end.length() - 4;
    long rest = mail.size() - header.length;
    if (rest < 2) {
      throw new IllegalArgumentException(
          "a message with this header has " + (header.length + 2) + " octets at least");
    }
    block = lines(BLOCK_LINES * WIDTH);
    blocks = Math.max(0, rest / block.length - 1);
    tail = lines((int) (rest - blocks * block.length));
  }

  /** A header of one's own, to be given to {@link #append}. */
  byte[] header() {
    return header.clone();
  }

  /** Where octets go. */
  interface Octets {
    void append(byte[] octets) throws IOException;
  }

  /** Puts a message behind what is to be sent. */
  void append(Octets target, byte[] ownHeader, long number) throws IOException {
    long rest = number;
    for (int i = stamp - 1; i >= stamp - DIGITS; i--) {
      ownHeader[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    target.append(ownHeader);
    for (long i = 0; i < blocks; i++) {
      target.append(block);
    }
    target.append(tail);
  }

  long size() {
    return header.length + blocks * block.length + tail.length;
  }

  /** A field, folded behind its name if it is too long for a line. */
  private static String field(String name, String value) {
    String space = name.length() + 2 + value.length() > LINE ? "\r\n " : " ";
    return name + ":" + space + value + "\r\n";
  }

  /** Lines of so many octets in all, 2 at least. */
  private static byte[] lines(int octets) {
    ByteArrayOutputStream lines = new ByteArrayOutputStream(octets);
    int left = octets;
    for (int number = 0; left > 0; number++) {
      int width = left == WIDTH + 1 ? WIDTH - 1 : Math.min(left, WIDTH); // a rest of 1 is no line
      lines.writeBytes(line(number, width - 2));
      left -= width;
    }
    return lines.toByteArray();
  }

  private static byte[] line(int number, int length) {
    byte[] line = new byte[length + 2];
    for (int i = 0; i < length; i++) {
      line[i] = (byte) ALPHABET.charAt((number + i) % ALPHABET.length());
    }
    line[length] = '\r';
    line[length + 1] = '\n';
    return line;
  }
}
