package io.simplesmtp.internal.server;

import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Optional;

/** The few encodings of DER (ITU-T X.690) that a certificate and a private key need. */
final class Der {

  static final int INTEGER = 0x02;
  static final int BIT_STRING = 0x03;
  static final int OCTET_STRING = 0x04;
  static final int OBJECT_IDENTIFIER = 0x06;
  static final int UTF8_STRING = 0x0c;
  static final int UTC_TIME = 0x17;
  static final int GENERALIZED_TIME = 0x18;
  static final int SEQUENCE = 0x30;
  static final int SET = 0x31;

  /** The tag of a constructed, context-specific element, to which its number is added. */
  static final int CONTEXT = 0xa0;

  private static final int LONG_FORM = 0x80;
  private static final int MAX_LENGTH_OCTETS = 3;

  private Der() {}

  /** An element whose content is made of the parts. */
  static byte[] element(int tag, byte[]... parts) {
    int length = 0;
    for (byte[] part : parts) {
      length += part.length;
    }
    var out = new ByteArrayOutputStream(length + 2 + Integer.BYTES);
    out.write(tag);
    writeLength(out, length);
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  static byte[] sequence(byte[]... parts) {
    return element(SEQUENCE, parts);
  }

  /** A string of whole octets, so that no bit of its last one is unused. */
  static byte[] bitString(byte[] octets) {
    return element(BIT_STRING, new byte[1], octets);
  }

  /** An object identifier given as numbers with dots between (X.690 section 8.19). */
  static byte[] oid(String dotted) {
    String[] arcs = dotted.split("\\.", -1);
    var content = new ByteArrayOutputStream();
    content.write(Integer.parseInt(arcs[0]) * 40 + Integer.parseInt(arcs[1]));
    for (int i = 2; i < arcs.length; i++) {
      int arc = Integer.parseInt(arcs[i]);
      for (int shift = 28; shift > 0; shift -= 7) {
        if (arc >>> shift != 0) {
          content.write(0x80 | (arc >>> shift & 0x7f));
        }
      }
      content.write(arc & 0x7f);
    }
    return element(OBJECT_IDENTIFIER, content.toByteArray());
  }

  /**
   * The content of the first element with a tag directly inside of a sequence.
   *
   * @throws IllegalArgumentException if the octets do not begin with a whole sequence of elements
   */
  static Optional<byte[]> child(byte[] sequence, int tag) {
    try {
      ByteBuffer outer = ByteBuffer.wrap(sequence);
      if (outer.get() != SEQUENCE) {
        throw new IllegalArgumentException("Not a DER sequence");
      }
      ByteBuffer elements = content(outer);
      while (elements.hasRemaining()) {
        int found = elements.get() & 0xff;
        ByteBuffer content = content(elements);
        if (found == tag) {
          byte[] octets = new byte[content.remaining()];
          content.get(octets);
          return Optional.of(octets);
        }
      }
      return Optional.empty();
    } catch (BufferUnderflowException e) {
      throw new IllegalArgumentException("A DER element ends early", e);
    }
  }

  /** Moves past the length and the content. */
  private static ByteBuffer content(ByteBuffer in) {
    int length = in.get() & 0xff;
    if (length >= LONG_FORM) {
      int octets = length - LONG_FORM;
      if (octets == 0 || octets > MAX_LENGTH_OCTETS) {
        throw new IllegalArgumentException("A DER element has an unreadable length");
      }
      length = 0;
      for (int i = 0; i < octets; i++) {
        length = length << 8 | (in.get() & 0xff);
      }
    }
    if (length > in.remaining()) {
      throw new IllegalArgumentException("A DER element ends early");
    }
    ByteBuffer content = in.slice(in.position(), length);
    in.position(in.position() + length);
    return content;
  }

  private static void writeLength(ByteArrayOutputStream out, int length) {
    if (length < LONG_FORM) {
      out.write(length);
      return;
    }
    int octets = (Integer.SIZE - Integer.numberOfLeadingZeros(length) + 7) / 8;
    out.write(LONG_FORM | octets);
    for (int i = octets - 1; i >= 0; i--) {
      out.write(length >>> (8 * i));
    }
  }
}
