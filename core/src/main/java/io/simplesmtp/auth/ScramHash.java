package io.simplesmtp.auth;

import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The hash function of a SCRAM mechanism, with the operations that RFC 5802 section 2.2 builds on
 * it.
 *
 * <pre>{@code
 * ScramCredential made = ScramCredential.of(ScramHash.SHA_256, "pencil", 4096);
 * }</pre>
 *
 * <p>Immutable and safe for use by any thread.
 */
public enum ScramHash {
  /** RFC 5802. */
  SHA_1("SCRAM-SHA-1", "SHA-1", "HmacSHA1", 20),
  /** RFC 7677. */
  SHA_256("SCRAM-SHA-256", "SHA-256", "HmacSHA256", 32);

  private final String mechanism;
  private final String digest;
  private final String hmac;
  private final int octets;

  ScramHash(String mechanism, String digest, String hmac, int octets) {
    this.mechanism = mechanism;
    this.digest = digest;
    this.hmac = hmac;
    this.octets = octets;
  }

  /** The name of the mechanism without channel binding, such as {@code SCRAM-SHA-256}. */
  public String mechanism() {
    return mechanism;
  }

  /** The length of its results. */
  int octets() {
    return octets;
  }

  /** H(). */
  byte[] hash(byte[] text) {
    try {
      return MessageDigest.getInstance(digest).digest(text);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has " + digest, e);
    }
  }

  /** HMAC(). */
  byte[] hmac(byte[] key, byte[] text) {
    return mac(key).doFinal(text);
  }

  /** Hi(): the password, salted, and hashed again and again. */
  byte[] salted(byte[] password, byte[] salt, int iterations) {
    Mac mac = mac(password);
    mac.update(salt);
    byte[] round = mac.doFinal(new byte[] {0, 0, 0, 1});
    byte[] result = round.clone();
    for (int i = 1; i < iterations; i++) {
      round = mac.doFinal(round);
      for (int j = 0; j < result.length; j++) {
        result[j] ^= round[j];
      }
    }
    return result;
  }

  private Mac mac(byte[] key) {
    try {
      Mac mac = Mac.getInstance(hmac);
      // A key of no octets is not one for Java; one zero octet is the same key for HMAC.
      mac.init(new SecretKeySpec(key.length == 0 ? new byte[1] : key, hmac));
      return mac;
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException("Every Java has " + hmac, e);
    }
  }
}
