package io.simplesmtp.bench;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What a client sends in a session.
 *
 * @param segments each sent at once, and received in one read if the buffer is large enough
 * @param writes of the server in answer to them, its greeting among them
 */
record Script(List<byte[]> segments, int writes) {

  private static final int MESSAGE = 1024;
  private static final String MAIL = "MAIL FROM:<ann.smith@example.org>\r\n";
  private static final String MAIL_WITH_SIZE = "MAIL FROM:<ann.smith@example.org> SIZE=1024\r\n";
  private static final String RCPT = "RCPT TO:<bob.jones@example.com>\r\n";
  private static final String DATA = "DATA\r\n";
  private static final String QUIT = "QUIT\r\n";

  /** So many messages of 1 KiB; a client that waits for each reply. */
  static Script lockStep(int messages) {
    List<byte[]> segments = begin();
    for (int i = 0; i < messages; i++) {
      segments.add(octets(MAIL));
      segments.add(octets(RCPT));
      segments.add(octets(DATA));
      segments.add(Content.PLAIN.sent(MESSAGE));
    }
    segments.add(octets(QUIT));
    return new Script(segments, segments.size() + 1);
  }

  /** So many messages of 1 KiB; the end of each comes with the commands of the next (RFC 2920). */
  static Script pipelined(int messages) {
    return pipelined(messages, MAIL);
  }

  /** The same with a parameter in each MAIL, as most mail servers send it (RFC 1870). */
  static Script pipelinedWithSize(int messages) {
    return pipelined(messages, MAIL_WITH_SIZE);
  }

  private static Script pipelined(int messages, String mail) {
    List<byte[]> segments = begin();
    String content = new String(Content.PLAIN.sent(MESSAGE), StandardCharsets.US_ASCII);
    for (int i = 0; i < messages; i++) {
      segments.add(octets((i == 0 ? "" : content) + mail + RCPT + DATA));
    }
    segments.add(octets((messages == 0 ? "" : content) + QUIT));
    return new Script(segments, segments.size() + 1);
  }

  private static List<byte[]> begin() {
    List<byte[]> segments = new ArrayList<>();
    segments.add(octets("EHLO client.example.org\r\n"));
    return segments;
  }

  private static byte[] octets(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
