package io.simplesmtp.app;

import io.simplesmtp.auth.ScramCredential;
import io.simplesmtp.auth.ScramHash;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
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
record PasswordHash(String salt, String hash) implements StoredPassword {

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

  @Override
  public PasswordHash another(String password) {
    return new PasswordHash(salt, hash(password));
  }

  @Override
  public boolean matches(String password) {
    return MessageDigest.isEqual(
        hash.getBytes(StandardCharsets.US_ASCII),
        hash(password).getBytes(StandardCharsets.US_ASCII));
  }

  @Override
  public Optional<ScramCredential> scram(ScramHash method) {
    return Optional.empty();
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
