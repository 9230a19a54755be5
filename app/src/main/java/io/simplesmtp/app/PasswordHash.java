package io.simplesmtp.app;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.codec.digest.Sha2Crypt;

/**
 * A password as its hash.
 *
 * @param salt method, rounds and salt as crypt(3) begins its hashes; empty for a plain SHA-256,
 *     which is good enough where the password stands on the command line anyway
 * @param hash the whole hash
 */
record PasswordHash(String salt, String hash) {

  /** One that no password has, and that costs little. */
  static final PasswordHash QUICK = new PasswordHash("", "");

  /** The SHA-256 and SHA-512 methods of crypt(3). */
  private static final Pattern CRYPT =
      Pattern.compile(
          "(\\$(?:5|6)\\$(?:rounds=[1-9]\\d{3,6}\\$)?[./0-9A-Za-z]{1,16})\\$"
              + "([./0-9A-Za-z]{86}|[./0-9A-Za-z]{43})");

  private static final Pattern ROUNDS = Pattern.compile("\\$rounds=(\\d+)\\$");

  /** Reads a hash of crypt(3), or nothing if it is of no method that is known. */
  static Optional<PasswordHash> parse(String text) {
    Matcher matcher = CRYPT.matcher(text);
    int length = text.startsWith("$6$") ? 86 : 43;
    return matcher.matches() && matcher.group(2).length() == length
        ? Optional.of(new PasswordHash(matcher.group(1), text))
        : Optional.empty();
  }

  /** A hash that costs the same and belongs to no password that anybody knows. */
  PasswordHash decoy() {
    byte[] password = new byte[16];
    new SecureRandom().nextBytes(password);
    return another(HexFormat.of().formatHex(password));
  }

  /** The hash of another password that costs the same. */
  PasswordHash another(String password) {
    return new PasswordHash(salt, hash(password));
  }

  /** Whether it is the hash of this password; takes the same time either way. */
  boolean matches(String password) {
    return MessageDigest.isEqual(
        hash.getBytes(StandardCharsets.US_ASCII),
        hash(password).getBytes(StandardCharsets.US_ASCII));
  }

  /** How often the method is applied; 0 if it has no such number. */
  int rounds() {
    Matcher matcher = ROUNDS.matcher(salt);
    return matcher.find() ? Integer.parseInt(matcher.group(1)) : 0;
  }

  private String hash(String password) {
    byte[] octets = password.getBytes(StandardCharsets.UTF_8);
    if (salt.startsWith("$6$")) {
      return Sha2Crypt.sha512Crypt(octets, salt);
    }
    return salt.startsWith("$5$") ? Sha2Crypt.sha256Crypt(octets, salt) : sha256(octets);
  }

  private static String sha256(byte[] octets) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(octets));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }
}
