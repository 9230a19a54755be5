package io.simplesmtp.internal.wire;

import io.simplesmtp.EnhancedStatus;
import io.simplesmtp.Reply;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Base64;
import java.util.List;

/**
 * Replies to octets (RFC 5321 section 4.2.1, RFC 2034), gathered so that a group of replies goes
 * out in one write. It holds a page of the shared buffers only while something is gathered, and
 * less when memory is used up. Used by one thread.
 */
public final class ReplyWriter {

  private static final byte[] NONE = new byte[0];

  /** Octets for a reply when there is no page to be had: who is to go for that must hear of it. */
  private static final int FEW = 512;

  private final OutputStream out;
  private final Buffers buffers;
  private byte[] buffer = NONE;
  private int length;

  /** Writes to a stream, which need not be buffered. */
  public ReplyWriter(OutputStream out, Buffers buffers) {
    this.out = out;
    this.buffers = buffers;
  }

  /** Puts a reply behind what is gathered; blocks only when a page is full. */
  public void write(Reply reply) throws IOException {
    List<String> lines = reply.lines();
    for (int i = 0; i < lines.size(); i++) {
      makeRoom(5 + 12 + lines.get(i).length() + 2); // code, status, text, CR LF
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
    byte[] base64 = Base64.getEncoder().encode(octets);
    makeRoom(4);
    text("334 ");
    for (byte octet : base64) {
      makeRoom(1);
      octet(octet);
    }
    makeRoom(2);
    text("\r\n");
  }

  /** Writes what is gathered; blocks until the transport has taken it. */
  public void flush() throws IOException {
    if (length == 0) {
      return;
    }
    byte[] page = buffer;
    int gathered = length;
    buffer = NONE;
    length = 0;
    try {
      out.write(page, 0, gathered);
    } finally {
      buffers.giveBack(page);
    }
  }

  /** Drops what is gathered, and gives back what was lent. */
  public void release() {
    byte[] page = buffer;
    buffer = NONE;
    length = 0;
    buffers.giveBack(page);
  }

  private void makeRoom(int octets) throws IOException {
    if (octets > buffer.length - length) {
      flush();
      byte[] page = buffers.pageIfAny();
      buffer = page == null ? new byte[Math.max(octets, FEW)] : page;
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
