package io.simplesmtp.auth;

import java.security.SecureRandom;
import java.util.Base64;

/** Words that nobody can foresee. */
final class Nonces {

  private static final SecureRandom RANDOM = new SecureRandom();

  /** A multiple of three, so that base64 needs no padding. */
  private static final int OCTETS = 18;

  private Nonces() {}

  /** 24 letters, digits and the signs of base64, but no equals sign and no comma. */
  static String random() {
    byte[] octets = new byte[OCTETS];
    RANDOM.nextBytes(octets);
    return Base64.getEncoder().encodeToString(octets);
  }
}
