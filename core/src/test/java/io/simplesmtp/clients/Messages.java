package io.simplesmtp.clients;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Messages to send, as strings with one character for each octet. */
final class Messages {

  static final String PLAIN =
      """
      From: Ann <ann@example.org>
      To: Bob <bob@example.net>
      Subject: Lunch
      Date: Tue, 24 Nov 2026 12:00:00 +0000
      Message-ID: <1@example.org>

      At noon?
      """
          .replace("\n", "\r\n");

  /** Lines of dots, which a client stuffs and the server unstuffs, at the end as well. */
  static final String DOTS =
      PLAIN
          + ".\r\n..\r\n...\r\n.leading\r\n\r\n.\r\nMAIL FROM:<forged@example.org>\r\n. \r\n"
          + "x".repeat(990)
          + "\r\n \r\n\r\n.\r\n";

  private Messages() {}

  /** A header and a body in UTF-8. */
  static String utf8() {
    String text = PLAIN.replace("Lunch", "M\u00fcsli").replace("noon", "\u4e2d\u5348 \ud83c\udf7d");
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }

  /** A message of at least so many octets; each line tells its own number. */
  static String ofSize(int octets) {
    StringBuilder text = new StringBuilder(octets + 100).append(PLAIN);
    for (int line = 0; text.length() < octets; line++) {
      text.append("%08d ".formatted(line)).append("0123456789abcdef".repeat(4)).append("\r\n");
    }
    return text.toString();
  }

  static byte[] octets(String message) {
    return message.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** Writes a message into a file of the folder and returns its name. */
  static String file(Path folder, String message) throws IOException {
    return Files.write(Files.createTempFile(folder, "message", ".eml"), octets(message)).toString();
  }
}
