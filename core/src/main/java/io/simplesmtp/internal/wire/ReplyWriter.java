package io.simplesmtp.internal.wire;

import io.simplesmtp.EnhancedStatus;
import io.simplesmtp.Reply;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * Replies to octets (RFC 5321 section 4.2.1, RFC 2034), gathered in a buffer so that a group of
 * replies goes out in one write. Used by one thread.
 */
public final class ReplyWriter {

  private static final int CAPACITY = 512;
  private static final int MOST = 4096;

  private final OutputStream out;
  private byte[] buffer = new byte[CAPACITY];
  private int length;

  /** Writes to a stream, which need not be buffered. */
  public ReplyWriter(OutputStream out) {
    this.out = out;
  }

  /** Puts a reply behind what is gathered; blocks only when the buffer is full. */
  public void write(Reply reply) throws IOException {
    List<String> lines = reply.lines();
    for (int i = 0; i < lines.size(); i++) {
      int most = 5 + 12 + lines.get(i).length() + 2; // code, status, text, CR LF
      if (most > buffer.length - length) {
        makeRoom(most);
      }
      number(reply.code());
      octet(i + 1 < lines.size() ? '-' : ' ');
      if (reply.status().isPresent()) {
        status(reply.status().get());
      }
      text(lines.get(i));
      octet('\r');
      octet('\n');
    }
  }

  /** Puts a SASL challenge behind what is gathered (RFC 4954 section 4). */
  public void challenge(byte[] octets) throws IOException {
    flush();
    byte[] base64 = Base64.getEncoder().encode(octets);
    text("334 ");
    for (byte octet : base64) {
      if (length == buffer.length) {
        flush();
      }
      octet(octet);
    }
    if (length > buffer.length - 2) {
      flush();
    }
    text("\r\n");
  }

  /** Writes what is gathered; blocks until the transport has taken it. */
  public void flush() throws IOException {
    if (length > 0) {
      int gathered = length;
      length = 0;
      out.write(buffer, 0, gathered);
    }
  }

  private void makeRoom(int octets) throws IOException {
    if (length + octets > MOST) {
      flush();
    }
    if (octets > buffer.length - length) {
      buffer = Arrays.copyOf(buffer, Math.min(MOST, Math.max(buffer.length * 2, length + octets)));
    }
  }

  private void status(EnhancedStatus status) {
    number(status.category());
    octet('.');
    number(status.subject());
    octet('.');
    number(status.detail());
    octet(' ');
  }

  private void number(int value) {
    if (value >= 100) {
      octet('0' + value / 100);
    }
    if (value >= 10) {
      octet('0' + value / 10 % 10);
    }
    octet('0' + value % 10);
  }

  /** The text of a reply is ASCII, which {@link Reply} has seen to. */
  private void text(String text) {
    for (int i = 0; i < text.length(); i++) {
      octet(text.charAt(i));
    }
  }

  private void octet(int octet) {
    buffer[length++] = (byte) octet;
  }
}
