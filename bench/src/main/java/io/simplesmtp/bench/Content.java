package io.simplesmtp.bench;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Mail data of some kind and any size: a short header, and a body of like lines. */
public enum Content {
  /** Lines of 76 octets, as base64 has. */
  PLAIN("x".repeat(76)),
  /** Each line begins with a dot, which is sent twice. */
  DOTS("." + "x".repeat(75)),
  /** Lines of 996 octets. */
  LONG_LINES("x".repeat(996)),
  /** As {@link #PLAIN}, with one bare LF in the middle. */
  BARE_LF("x".repeat(76));

  private static final String HEADER =
      "From: <ann@example.org>\r\nTo: <bob@example.com>\r\nSubject: Figures\r\n\r\n";

  private final String line;

  Content(String line) {
    this.line = line;
  }

  /** Content of exactly so many octets, which are enough for the header, as lines of text. */
  public byte[] octets(int size) {
    byte[] octets = repeated(line, size);
    if (this == BARE_LF) {
      octets[size / 2] = '\n';
    }
    return octets;
  }

  /** The same as it is sent behind DATA, with its terminator; stuffed dots count as octets. */
  public byte[] sent(int size) {
    byte[] octets = repeated(this == DOTS ? "." + line : line, size);
    if (this == BARE_LF) {
      octets[size / 2] = '\n';
    }
    byte[] sent = Arrays.copyOf(octets, size + 3);
    sent[size] = '.';
    sent[size + 1] = '\r';
    sent[size + 2] = '\n';
    return sent;
  }

  private static byte[] repeated(String line, int size) {
    StringBuilder text = new StringBuilder(size + line.length() + 2).append(HEADER);
    while (text.length() < size - 2) {
      text.append(line).append("\r\n");
    }
    text.setLength(size - 2);
    // A CR that the cut has left behind would be a bare one.
    String whole = text.toString();
    whole = whole.endsWith("\r") ? whole.substring(0, size - 3) + "x" : whole;
    return (whole + "\r\n").getBytes(StandardCharsets.ISO_8859_1);
  }
}
