package io.simplesmtp.internal.wire;

import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/** An input that arrives in given pieces, one for each read. */
final class Chunks extends InputStream {

  private final Deque<byte[]> pieces = new ArrayDeque<>();

  Chunks(List<byte[]> pieces) {
    pieces.stream().filter(p -> p.length > 0).forEach(this.pieces::add);
  }

  /** All octets in pieces of a size. */
  static Chunks of(byte[] octets, int size) {
    Deque<byte[]> pieces = new ArrayDeque<>();
    for (int from = 0; from < octets.length; from += size) {
      pieces.add(Arrays.copyOfRange(octets, from, Math.min(octets.length, from + size)));
    }
    return new Chunks(List.copyOf(pieces));
  }

  /** All octets in two pieces. */
  static Chunks splitAt(byte[] octets, int at) {
    return new Chunks(
        List.of(Arrays.copyOfRange(octets, 0, at), Arrays.copyOfRange(octets, at, octets.length)));
  }

  @Override
  public int read() {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) {
    byte[] piece = pieces.poll();
    if (piece == null) {
      return -1;
    }
    int count = Math.min(length, piece.length);
    System.arraycopy(piece, 0, target, offset, count);
    if (count < piece.length) {
      pieces.addFirst(Arrays.copyOfRange(piece, count, piece.length));
    }
    return count;
  }
}
