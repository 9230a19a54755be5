package io.simplesmtp.auth;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.function.Supplier;

/**
 * SCRAM: client and server prove to each other that they know the password, without sending it and
 * without storing it (RFC 5802, RFC 7677).
 *
 * <pre>{@code
 * byte[] key = "at least 16 octets that all servers of a site share".getBytes("UTF-8");
 * SmtpServer.builder().mechanism(Scram.of(ScramHash.SHA_256).withDecoyKey(key));
 * }</pre>
 *
 * <p>The -PLUS forms bind the exchange to the TLS connection and are available where it has {@link
 * ChannelBindings}; a client that could bind and was talked out of it fails.
 *
 * <p>User names are prepared by {@link SaslPrep}. A user without a credential is shown a salt that
 * is made from the name, the same at each attempt, and fails at the end like one with a wrong
 * password. Failure is a reply of SMTP alone: the {@code e=} attribute, which may tell why, is not
 * sent. Optional extensions are ignored, mandatory ones fail.
 *
 * <p>Immutable and safe for use by any thread.
 */
public final class Scram implements SaslMechanism {

  private static final int KEY_OCTETS = 32;
  private static final int LEAST_KEY_OCTETS = 16;

  private final ScramHash hash;
  private final boolean isPlus;
  private final byte[] decoyKey;
  private final Supplier<String> nonces;

  Scram(ScramHash hash, boolean isPlus, byte[] decoyKey, Supplier<String> nonces) {
    this.hash = hash;
    this.isPlus = isPlus;
    this.decoyKey = decoyKey;
    this.nonces = nonces;
  }

  /** The mechanism without channel binding. */
  public static Scram of(ScramHash hash) {
    return new Scram(hash, false, randomKey(), Nonces::random);
  }

  /** The -PLUS mechanism, with channel binding. */
  public static Scram plus(ScramHash hash) {
    return new Scram(hash, true, randomKey(), Nonces::random);
  }

  /**
   * The mechanism with a key of the site's own, from which the salts of unknown users are made.
   * Without it the key is random, and a restart or another server of the site gives unknown users
   * new salts, which tells them from known ones. A mechanism and its -PLUS form need the same key.
   *
   * @param key a secret of at least 16 octets; copied
   * @throws IllegalArgumentException if the key is shorter
   */
  public Scram withDecoyKey(byte[] key) {
    if (key.length < LEAST_KEY_OCTETS) {
      throw new IllegalArgumentException("a key has at least 16 octets: " + key.length);
    }
    return new Scram(hash, isPlus, key.clone(), nonces);
  }

  @Override
  public String name() {
    return isPlus ? hash.mechanism() + "-PLUS" : hash.mechanism();
  }

  @Override
  public boolean isAvailable(SaslContext context) {
    return context.scram().isPresent() && (!isPlus || !context.channelBindings().types().isEmpty());
  }

  @Override
  public SaslExchange begin(SaslContext context) {
    return new ScramExchange(this, context, context.scram().orElseThrow(), nonces.get());
  }

  /** The name, without the key. */
  @Override
  public String toString() {
    return name();
  }

  ScramHash hash() {
    return hash;
  }

  boolean isPlus() {
    return isPlus;
  }

  /** A credential that no password fits, always the same for the same user. */
  ScramCredential decoy(String user, int iterations) {
    byte[] salt = derived("salt", user, ScramCredential.SALT_OCTETS);
    byte[] storedKey = derived("stored", user, hash.octets());
    byte[] serverKey = derived("server", user, hash.octets());
    return new ScramCredential(hash, iterations, salt, storedKey, serverKey);
  }

  /** Alike for a mechanism and its -PLUS form, as a stored credential is. */
  private byte[] derived(String purpose, String user, int octets) {
    byte[] text = (hash + "," + purpose + "," + user).getBytes(StandardCharsets.UTF_8);
    return Arrays.copyOf(ScramHash.SHA_256.hmac(decoyKey, text), octets);
  }

  static byte[] randomKey() {
    byte[] key = new byte[KEY_OCTETS];
    new SecureRandom().nextBytes(key);
    return key;
  }
}
