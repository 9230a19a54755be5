package io.simplesmtp.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * A message that is made from its number alone, so that a stored one tells whether it is whole. It
 * is text with many dots at the begin of lines.
 *
 * @param number what its Subject says
 */
record Parcel(long number) {

  private static final int LEAST = 1 << 10;
  private static final int MOST = 1 << 20;
  private static final int LONGEST_LINE = 200;
  private static final String LETTERS =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ: ..........";

  /** The one that a file of a Maildir holds; each octet of it is compared. */
  static Parcel read(Path file) throws IOException {
    byte[] content = Mails.content(file);
    String begin = new String(content, 0, Math.min(content.length, 100), StandardCharsets.US_ASCII);
    assertThat(begin).as("begin of %s", file).matches("(?s)Subject: \\d+\r\n.*");
    Parcel parcel = new Parcel(Long.parseLong(begin.substring(9, begin.indexOf('\r'))));
    boolean isWhole = Arrays.equals(content, parcel.content());
    assertThat(isWhole).as("%s is whole, %s octets, %s", file, content.length, parcel).isTrue();
    return parcel;
  }

  /** From a KiB to a MiB, as many of each order of magnitude. */
  byte[] content() {
    SplittableRandom random = new SplittableRandom(number);
    int size = (int) (LEAST * Math.pow((double) MOST / LEAST, random.nextDouble()));
    byte[] all = new byte[size];
    random.nextBytes(all);
    byte[] header = ("Subject: " + number + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(header, 0, all, 0, header.length);
    writeText(all, header.length, random);
    return all;
  }

  /** The content as DATA has it, with its dots doubled and its end. */
  static byte[] stuffed(byte[] content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(content.length + content.length / 8);
    boolean isLineStart = true;
    for (byte octet : content) {
      if (isLineStart && octet == '.') {
        out.write('.');
      }
      out.write(octet);
      isLineStart = octet == '\n';
    }
    out.writeBytes(".\r\n".getBytes(StandardCharsets.US_ASCII));
    return out.toByteArray();
  }

  private static void writeText(byte[] all, int begin, SplittableRandom random) {
    for (int i = begin; i < all.length; i++) {
      all[i] = (byte) LETTERS.charAt(all[i] & 63);
    }
    for (int end = all.length; end >= begin + 2; end -= 2 + random.nextInt(LONGEST_LINE)) {
      all[end - 2] = '\r';
      all[end - 1] = '\n';
    }
  }
}
