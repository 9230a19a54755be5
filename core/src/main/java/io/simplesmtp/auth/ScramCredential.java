package io.simplesmtp.auth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a server stores of a password for SCRAM: a salt, an iteration count and two keys (RFC 5802
 * section 3). The password cannot be read from it, but can be guessed with it, so it is a secret.
 *
 * <pre>{@code
 * ScramCredential made = ScramCredential.of(ScramHash.SHA_256, "pencil", 4096);
 * String stored = made.text();
 * ScramCredential read = ScramCredential.parse(stored);
 * boolean isRight = read.matches("pencil");
 * }</pre>
 *
 * <p>Immutable and safe for use by any thread. It prints itself without its secrets.
 */
public final class ScramCredential {

  /** The iteration count by default, and the least that is taken (RFC 7677 section 4). */
  public static final int ITERATIONS = 4096;

  /** The greatest iteration count that is taken: it is the clients who do the work. */
  public static final int MOST_ITERATIONS = 1_000_000;

  static final int SALT_OCTETS = 16;
  private static final int MOST_SALT_OCTETS = 64;

  private static final Pattern TEXT =
      Pattern.compile(
          "(SCRAM-SHA-1|SCRAM-SHA-256)\\$([1-9][0-9]{3,6}):([A-Za-z0-9+/=]{4,88})"
              + "\\$([A-Za-z0-9+/=]{28,44}):([A-Za-z0-9+/=]{28,44})");

  private static final byte[] CLIENT_KEY = "Client Key".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] SERVER_KEY = "Server Key".getBytes(StandardCharsets.US_ASCII);

  private final ScramHash hash;
  private final int iterations;
  private final byte[] salt;
  private final byte[] storedKey;
  private final byte[] serverKey;

  /**
   * Takes what another store has kept; copies the octets.
   *
   * @param salt 1 to 64 octets
   * @param storedKey the hash of the client's key
   * @param serverKey the server's key
   * @throws IllegalArgumentException if the iterations are not between {@link #ITERATIONS} and
   *     {@link #MOST_ITERATIONS}, or if octets are not as many as they should be
   */
  public ScramCredential(
      ScramHash hash, int iterations, byte[] salt, byte[] storedKey, byte[] serverKey) {
    checkIterations(iterations);
    if (salt.length < 1 || salt.length > MOST_SALT_OCTETS) {
      throw new IllegalArgumentException("a salt has 1 to 64 octets: " + salt.length);
    }
    if (storedKey.length != hash.octets() || serverKey.length != hash.octets()) {
      throw new IllegalArgumentException("a key of " + hash + " has " + hash.octets() + " octets");
    }
    this.hash = hash;
    this.iterations = iterations;
    this.salt = salt.clone();
    this.storedKey = storedKey.clone();
    this.serverKey = serverKey.clone();
  }

  /**
   * Makes one with a new random salt of 16 octets; takes some milliseconds.
   *
   * @param password prepared by {@link SaslPrep#stored} before it is used
   * @param iterations how much work a guess is
   * @throws IllegalArgumentException if the password cannot be prepared or the iterations are out
   *     of their range
   */
  public static ScramCredential of(ScramHash hash, String password, int iterations) {
    byte[] salt = new byte[SALT_OCTETS];
    new SecureRandom().nextBytes(salt);
    return of(hash, password, iterations, salt);
  }

  static ScramCredential of(ScramHash hash, String password, int iterations, byte[] salt) {
    checkIterations(iterations); // before the work is done
    String prepared =
        SaslPrep.stored(password)
            .orElseThrow(
                () -> new IllegalArgumentException("the password cannot be prepared by SASLprep"));
    return derived(hash, prepared, iterations, salt);
  }

  private static ScramCredential derived(
      ScramHash hash, String prepared, int iterations, byte[] salt) {
    byte[] salted = hash.salted(prepared.getBytes(StandardCharsets.UTF_8), salt, iterations);
    return new ScramCredential(
        hash,
        iterations,
        salt,
        hash.hash(hash.hmac(salted, CLIENT_KEY)),
        hash.hmac(salted, SERVER_KEY));
  }

  /**
   * Reads the form that {@link #text} writes.
   *
   * @throws IllegalArgumentException if it is not of that form; the message does not repeat it
   */
  public static ScramCredential parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "not of the form SCRAM-SHA-256$iterations:salt$storedKey:serverKey");
    }
    Base64.Decoder base64 = Base64.getDecoder();
    return new ScramCredential(
        matcher.group(1).equals(ScramHash.SHA_1.mechanism()) ? ScramHash.SHA_1 : ScramHash.SHA_256,
        Integer.parseInt(matcher.group(2)),
        base64.decode(matcher.group(3)),
        base64.decode(matcher.group(4)),
        base64.decode(matcher.group(5)));
  }

  private static void checkIterations(int iterations) {
    if (iterations < ITERATIONS || iterations > MOST_ITERATIONS) {
      throw new IllegalArgumentException("iterations are 4096 to 1000000: " + iterations);
    }
  }

  /** The hash function that it is for. */
  public ScramHash hash() {
    return hash;
  }

  /** How often the password is hashed. */
  public int iterations() {
    return iterations;
  }

  /**
   * Whether it was made from this password; takes as long as to make it, whatever the answer. With
   * this a store of SCRAM credentials serves PLAIN and LOGIN, too.
   */
  public boolean matches(String password) {
    String prepared = SaslPrep.query(password).orElse("");
    ScramCredential other = derived(hash, prepared, iterations, salt);
    boolean isSame = MessageDigest.isEqual(storedKey, other.storedKey);
    return isSame && !prepared.isEmpty();
  }

  /**
   * The form in which RFC 5803 and PostgreSQL store it: {@code
   * SCRAM-SHA-256$4096:salt$storedKey:serverKey}, with base64.
   */
  public String text() {
    Base64.Encoder base64 = Base64.getEncoder();
    return hash.mechanism()
        + "$"
        + iterations
        + ":"
        + base64.encodeToString(salt)
        + "$"
        + base64.encodeToString(storedKey)
        + ":"
        + base64.encodeToString(serverKey);
  }

  String saltText() {
    return Base64.getEncoder().encodeToString(salt);
  }

  /** Whether the proof belongs to the password (RFC 5802 section 3); takes the same time always. */
  boolean isProof(byte[] proof, byte[] authMessage) {
    byte[] signature = hash.hmac(storedKey, authMessage);
    byte[] clientKey = new byte[signature.length];
    for (int i = 0; i < clientKey.length && i < proof.length; i++) {
      clientKey[i] = (byte) (proof[i] ^ signature[i]);
    }
    boolean isSame = MessageDigest.isEqual(hash.hash(clientKey), storedKey);
    return isSame && proof.length == signature.length;
  }

  byte[] serverSignature(byte[] authMessage) {
    return hash.hmac(serverKey, authMessage);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ScramCredential that
        && MessageDigest.isEqual(
            text().getBytes(StandardCharsets.US_ASCII),
            that.text().getBytes(StandardCharsets.US_ASCII));
  }

  @Override
  public int hashCode() {
    return text().hashCode();
  }

  /** Without its secrets. */
  @Override
  public String toString() {
    return hash.mechanism() + "$" + iterations + ":***";
  }
}
