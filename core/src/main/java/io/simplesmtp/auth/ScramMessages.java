package io.simplesmtp.auth;

import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The messages of a SCRAM client (RFC 5802 section 7). */
final class ScramMessages {

  /** Longer than that of any client that is known. */
  private static final int MOST_NONCE = 512;

  /** Any printable character of ASCII but the comma. */
  private static final Pattern NONCE = Pattern.compile("[!-+--~]{1," + MOST_NONCE + "}");

  private static final Pattern ATTRIBUTE = Pattern.compile("(?s)[A-Za-z]=[^\0]+");

  private ScramMessages() {}

  /**
   * The first message.
   *
   * @param bare the message without its header
   * @param user the name, decoded but not prepared
   */
  record First(Gs2Header header, String bare, String user, String nonce) {

    /** Reads it; a mandatory extension, {@code m=}, is one that is not known. */
    static Optional<First> parse(String message) {
      Optional<Gs2Header> header = Gs2Header.parse(message);
      if (header.isEmpty()) {
        return Optional.empty();
      }
      String bare = message.substring(header.get().text().length());
      List<String> attributes = List.of(bare.split(",", -1));
      if (attributes.size() < 2 || !attributes.get(0).startsWith("n=")) {
        return Optional.empty();
      }
      Optional<String> nonce = nonceOf(attributes.get(1));
      Optional<String> user = Gs2Header.name(attributes.get(0).substring(2));
      if (nonce.isEmpty()
          || user.isEmpty()
          || !areLegal(attributes.subList(2, attributes.size()))) {
        return Optional.empty();
      }
      return Optional.of(new First(header.get(), bare, user.get(), nonce.get()));
    }
  }

  /**
   * The last message.
   *
   * @param binding the header and the channel binding, as the client sees them
   * @param withoutProof the part that the proof is made for
   */
  @SuppressWarnings("ArrayRecordComponent") // read, judged and dropped; never compared
  record Final(byte[] binding, String nonce, String withoutProof, byte[] proof) {

    static Optional<Final> parse(String message) {
      List<String> attributes = List.of(message.split(",", -1));
      int last = attributes.size() - 1;
      if (last < 2
          || !attributes.get(0).startsWith("c=")
          || !attributes.get(last).startsWith("p=")) {
        return Optional.empty();
      }
      Optional<byte[]> binding = octets(attributes.get(0));
      Optional<String> nonce = nonceOf(attributes.get(1));
      Optional<byte[]> proof = octets(attributes.get(last));
      if (binding.isEmpty() || nonce.isEmpty() || proof.isEmpty()) {
        return Optional.empty();
      }
      String withoutProof = message.substring(0, message.lastIndexOf(','));
      return areLegal(attributes.subList(2, last))
          ? Optional.of(new Final(binding.get(), nonce.get(), withoutProof, proof.get()))
          : Optional.empty();
    }
  }

  private static Optional<String> nonceOf(String attribute) {
    return attribute.startsWith("r=") && NONCE.matcher(attribute.substring(2)).matches()
        ? Optional.of(attribute.substring(2))
        : Optional.empty();
  }

  private static Optional<byte[]> octets(String attribute) {
    try {
      byte[] octets = Base64.getDecoder().decode(attribute.substring(2));
      return octets.length == 0 ? Optional.empty() : Optional.of(octets);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Optional extensions are ignored, but they must be some. */
  private static boolean areLegal(List<String> extensions) {
    return extensions.stream().allMatch(e -> ATTRIBUTE.matcher(e).matches() && !e.startsWith("m="));
  }
}
