package io.simplesmtp.internal.wire;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Bounded lines out of a stream of octets, and the buffer that mail data shares with them.
 *
 * <p>Only CR LF ends a line; a bare CR or LF is part of it, for the parser to refuse. A line past
 * its bound is swallowed up to its end, so that memory stays bounded and the stream keeps its
 * place. What is read does not depend on how the octets were cut. Used by one thread.
 */
public final class WireReader {

  /** What {@link #readLine} found. */
  public enum Line {
    /** A line; {@link #lineStart()} and {@link #lineEnd()} say where it is. */
    READ,
    /** A line past the bound, of which nothing is kept but its {@link #begin}. */
    TOO_LONG,
    /** The begin of a TLS handshake, where a CR LF means nothing. */
    FOREIGN,
    /** The end of the stream; what stood before it without a CR LF is dropped. */
    END
  }

  /** Enough for a command, or a short group of them. */
  private static final int OWN = 256;

  private static final int BEGIN = 8;

  /** The first octet of a TLS record that holds a handshake message (RFC 8446 section 5.1). */
  private static final byte TLS_HANDSHAKE = 0x16;

  private final InputStream in;
  private final Buffers buffers;
  private final byte[] own = new byte[OWN];
  private byte[] buffer = own;
  private boolean wasFilled;
  private int position;
  private int limit;
  private int lineStart;
  private int lineEnd;
  private byte[] begin = new byte[0];

  /** Reads from a stream, which is never asked for more before the buffered octets are used up. */
  public WireReader(InputStream in, Buffers buffers) {
    this.in = in;
    this.buffers = buffers;
  }

  /**
   * Reads a line; blocks until it is there.
   *
   * @param bound octets with the CR LF, at least 2
   */
  public Line readLine(int bound) throws IOException {
    int scanned = position;
    while (true) {
      if (hasBuffered() && buffer[position] == TLS_HANDSHAKE) {
        return Line.FOREIGN;
      }
      int end = endOfLine(scanned);
      if (end >= 0 && end - position <= bound) {
        lineStart = position;
        lineEnd = end - 2;
        position = end;
        return Line.READ;
      }
      int held = limit - position;
      if (end >= 0 || held >= bound) {
        begin = Arrays.copyOfRange(buffer, position, position + Math.min(BEGIN, bound - 2));
      }
      if (end >= 0) {
        position = end;
        return Line.TOO_LONG;
      }
      if (held >= bound) {
        return swallow();
      }
      if (!fillLine()) {
        return Line.END;
      }
      scanned = position + held;
    }
  }

  /** Gives back what was lent; nothing can be read any more. */
  public void release() {
    position = 0;
    limit = 0;
    use(own);
  }

  /**
   * Passes octets whatever they are; blocks until they were received.
   *
   * @return whether they all came before the end of the stream
   */
  public boolean skip(long octets) throws IOException {
    long left = octets;
    while (left > 0) {
      if (position == limit && !fill()) {
        return false;
      }
      int run = (int) Math.min(left, limit - position);
      position += run;
      left -= run;
    }
    return true;
  }

  /** The octets that the indices of the last line point into; valid until the next read. */
  public byte[] buffer() {
    return buffer;
  }

  /** The index of the first octet of the last line. */
  public int lineStart() {
    return lineStart;
  }

  /** The index after the last octet of the last line, its CR LF left out. */
  public int lineEnd() {
    return lineEnd;
  }

  /** The first octets of the last line that was too long. */
  public byte[] begin() {
    return begin;
  }

  /** Whether octets have been received that were not read from here. */
  public boolean hasBuffered() {
    return position < limit;
  }

  /** The index of the first octet that was not read. */
  int position() {
    return position;
  }

  /** The index after the last octet that was received. */
  int limit() {
    return limit;
  }

  /** Counts octets as read. */
  void advance(int octets) {
    position += octets;
  }

  /** Blocks for more mail data behind what was not read; false at the end of the stream. */
  boolean fill() throws IOException {
    if (buffer.length == OWN && !buffers.memory().isUsedUp()) {
      use(buffers.page());
    } else if (wasFilled && buffer.length == Buffers.PAGE) {
      byte[] large = buffers.large();
      use(large == null ? buffer : large);
    } else {
      use(buffer);
    }
    return receive();
  }

  /** Blocks for more of a line behind what was not read; false at the end of the stream. */
  private boolean fillLine() throws IOException {
    if (position == limit) {
      use(own);
    } else if (limit == OWN && buffer.length == OWN) {
      use(buffers.page());
    } else if (limit == buffer.length) {
      use(position > 0 ? buffer : longer());
    }
    return receive();
  }

  private byte[] longer() throws MemoryException {
    return buffer.length < Buffers.RECORD ? buffers.record() : new byte[buffer.length * 2];
  }

  private boolean receive() throws IOException {
    int count = in.read(buffer, limit, buffer.length - limit);
    if (count < 0) {
      return false;
    }
    limit += count;
    wasFilled = limit == buffer.length;
    return true;
  }

  /** Goes on in this buffer, with what was not read at its begin. */
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

  /** Returns the index after the first CR LF whose LF stands at or behind an index, or -1. */
  private int endOfLine(int from) {
    for (int i = from; i < limit; i++) {
      if (buffer[i] == '\n' && i > position && buffer[i - 1] == '\r') {
        return i + 1;
      }
    }
    return -1;
  }

  private Line swallow() throws IOException {
    while (true) {
      position = limit - (limit > position && buffer[limit - 1] == '\r' ? 1 : 0);
      int held = limit - position;
      if (!fillLine()) {
        return Line.END;
      }
      int end = endOfLine(position + held);
      if (end >= 0) {
        position = end;
        return Line.TOO_LONG;
      }
    }
  }
}
