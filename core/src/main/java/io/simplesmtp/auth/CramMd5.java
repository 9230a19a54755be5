package io.simplesmtp.auth;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Supplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * CRAM-MD5: the client proves that it knows the password without sending it, but the server must
 * store it in clear (RFC 2195). For clients that know no SCRAM.
 *
 * <pre>{@code
 * SmtpServer.builder().mechanisms("SCRAM-SHA-256", "CRAM-MD5");
 * }</pre>
 *
 * <p>An unknown user fails like one with a wrong password, after the same work. The server begins;
 * an initial response is malformed. Immutable and safe for use by any thread.
 */
public final class CramMd5 implements SaslMechanism {

  private static final String NAME = "CRAM-MD5";
  private static final int DIGITS = 32;

  private final Supplier<String> nonces;

  /** With random challenges. */
  public CramMd5() {
    this(() -> Nonces.random() + "." + Instant.now().getEpochSecond());
  }

  CramMd5(Supplier<String> nonces) {
    this.nonces = nonces;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public boolean isAvailable(SaslContext context) {
    return context.secrets().isPresent();
  }

  @Override
  public SaslExchange begin(SaslContext context) {
    String challenge = "<" + nonces.get() + "@" + context.hostname() + ">";
    return new Exchange(
        context.secrets().orElseThrow(), challenge.getBytes(StandardCharsets.US_ASCII));
  }

  @Override
  public String toString() {
    return NAME;
  }

  private static final class Exchange implements SaslExchange {

    private final SharedSecrets secrets;
    private final byte[] challenge;
    private boolean isChallenged;

    Exchange(SharedSecrets secrets, byte[] challenge) {
      this.secrets = secrets;
      this.challenge = challenge;
    }

    @Override
    public SaslStep start() {
      isChallenged = true;
      return new SaslStep.Challenge(challenge);
    }

    /** The user, a space, and 32 hexadecimal digits. */
    @Override
    public SaslStep respond(byte[] response) throws Exception {
      String text = Utf8.decode(response, 0, response.length).orElse("");
      int space = text.lastIndexOf(' ');
      byte[] digest = digest(text.substring(space + 1));
      if (!isChallenged || space < 1 || digest == null) {
        return new SaslStep.Malformed();
      }
      String user = text.substring(0, space);
      Optional<String> secret = secrets.find(user);
      byte[] expected = hmac(secret.orElse("?"), challenge);
      boolean isSame = MessageDigest.isEqual(expected, digest);
      return Outcome.of(NAME, isSame ? secret.map(known -> user) : Optional.empty());
    }

    private static byte @Nullable [] digest(String text) {
      try {
        return text.length() == DIGITS ? HexFormat.of().parseHex(text) : null;
      } catch (IllegalArgumentException e) {
        return null;
      }
    }

    private static byte[] hmac(String secret, byte[] text) {
      try {
        byte[] key = secret.getBytes(StandardCharsets.UTF_8);
        Mac mac = Mac.getInstance("HmacMD5");
        // A key of no octets is not one for Java; one zero octet is the same key for HMAC.
        mac.init(new SecretKeySpec(key.length == 0 ? new byte[1] : key, "HmacMD5"));
        return mac.doFinal(text);
      } catch (NoSuchAlgorithmException | InvalidKeyException e) {
        throw new IllegalStateException("This Java has no HMAC-MD5", e);
      }
    }
  }
}
