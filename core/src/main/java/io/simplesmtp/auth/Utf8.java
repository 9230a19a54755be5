package io.simplesmtp.auth;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Strict UTF-8: what is not well-formed is no text. */
final class Utf8 {

  private Utf8() {}

  static Optional<String> decode(byte[] octets, int from, int to) {
    try {
      ByteBuffer slice = ByteBuffer.wrap(octets, from, to - from);
      return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(slice).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }
}
