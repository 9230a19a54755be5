package io.simplesmtp.internal.server;

import io.simplesmtp.internal.wire.Buffers;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.function.BooleanSupplier;

/**
 * The TLS records that a client sends, as they come from the socket (RFC 8446 section 5.1).
 *
 * <p>What is still to be used lies in a small buffer of its own, or in a shared one while there is
 * more of it. Used by one thread.
 */
final class TlsRecords {

  /** What {@link #length} says of octets that are no record, or one that is too long for any. */
  static final int MALFORMED = -1;

  private static final int HEADER = 5;
  private static final int HANDSHAKE = 22;
  private static final int APPLICATION_DATA = 23;
  private static final int FIRST_TYPE = 20;

  /** RFC 5246 section 6.2.3, which has the longer ones. */
  private static final int MOST = HEADER + (1 << 14) + 2048;

  /** An alert in TLS 1.3: its level, what it says, its type, and the tag. */
  private static final int ALERT = HEADER + 2 + 1 + 16;

  /** Enough for a command. */
  private static final int OWN = 512;

  private final InputStream in;
  private final BooleanSupplier isInterrupted;
  private final Buffers buffers;
  private final byte[] own = new byte[OWN];
  private byte[] buffer = own;
  private int position;
  private int limit;

  /**
   * Reads from a stream.
   *
   * @param isInterrupted whether the end of the stream is a wait that others have ended
   */
  TlsRecords(InputStream in, BooleanSupplier isInterrupted, Buffers buffers) {
    this.in = in;
    this.isInterrupted = isInterrupted;
    this.buffers = buffers;
  }

  /**
   * Octets of the record that comes next with its header, 0 before that is here, or {@link
   * #MALFORMED}.
   */
  int length() {
    if (limit - position < HEADER) {
      return 0;
    }
    int type = buffer[position] & 0xff;
    if (type < FIRST_TYPE || type > APPLICATION_DATA || buffer[position + 1] != 3) {
      return MALFORMED;
    }
    int length = HEADER + ((buffer[position + 3] & 0xff) << 8) + (buffer[position + 4] & 0xff);
    return length > MOST ? MALFORMED : length;
  }

  /** Whether the record that comes next is here, or is none. */
  boolean isComplete() {
    int length = length();
    return length != 0 && limit - position >= length;
  }

  /** Whether the record that comes next is a handshake message in clear or under TLS 1.2. */
  boolean isHandshake() {
    return (buffer[position] & 0xff) == HANDSHAKE;
  }

  /**
   * Whether the record that comes next is here and surely no alert: after the end of the client TLS
   * 1.2 cannot be written to, and there are replies yet to be said.
   */
  boolean isDataComplete() {
    return isComplete() && length() > ALERT && (buffer[position] & 0xff) == APPLICATION_DATA;
  }

  /** The record that comes next, which is complete; of what is none, a header that is wrong. */
  ByteBuffer next() {
    int length = length();
    if (length == MALFORMED) {
      buffer[position + 3] = -1; // longer than any that an engine waits for
      buffer[position + 4] = -1;
    }
    return ByteBuffer.wrap(buffer, position, length > 0 ? length : HEADER);
  }

  /** Counts octets as used; the last ones give the buffer back. */
  void advance(int octets) {
    position += octets;
    if (position == limit) {
      use(own);
    }
  }

  /**
   * Blocks for more; false at the end of the stream.
   *
   * @param wanted for how many octets the caller has room, which tells how much may come
   * @throws SocketTimeoutException if the wait was ended by others
   */
  boolean receive(int wanted) throws IOException {
    int needed = Math.max(length(), HEADER);
    if (Math.max(needed, wanted) > buffer.length) {
      grow(Math.max(needed, wanted));
    }
    if (limit == buffer.length || needed > buffer.length - position) {
      use(buffer);
    }
    int count = in.read(buffer, limit, buffer.length - limit);
    if (count < 0 && isInterrupted.getAsBoolean()) {
      throw new SocketTimeoutException("Past the deadline");
    }
    limit += Math.max(count, 0);
    advance(0);
    return count >= 0;
  }

  /** Gives back what was lent; nothing can be received any more. */
  void release() {
    position = limit;
    use(own);
  }

  /** Octets of memory that are held just now. */
  int held() {
    return buffer.length == OWN ? OWN : OWN + buffer.length;
  }

  private void grow(int octets) throws IOException {
    byte[] next = octets <= Buffers.PAGE ? buffers.page() : large(octets);
    if (next.length > buffer.length) {
      use(next);
    } else {
      buffers.giveBack(next);
    }
  }

  private byte[] large(int octets) throws IOException {
    byte[] large = octets > Buffers.RECORD ? buffers.large() : null;
    return large == null ? buffers.record() : large;
  }

  /** Goes on in this buffer, with what was not used at its begin. */
  private void use(byte[] next) {
    byte[] last = buffer;
    System.arraycopy(last, position, next, 0, limit - position);
    limit -= position;
    position = 0;
    buffer = next;
    if (last.length != next.length) {
      buffers.giveBack(last);
    }
  }
}
