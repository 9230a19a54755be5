package io.simplesmtp.auth;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** The mechanisms of the library with words that a test can foresee in the place of random ones. */
public final class KnownWords {

  /** What stands behind the client's nonce in SCRAM. */
  public static final String NONCE = "3rfcNHYJY1ZVvWVs7j";

  /** What CRAM-MD5's challenge begins with. */
  public static final String CHALLENGE = "1896.697170952";

  private KnownWords() {}

  /** All mechanisms, in their order. */
  public static List<SaslMechanism> mechanisms() {
    List<SaslMechanism> known = new ArrayList<>();
    for (SaslMechanism mechanism : SaslMechanism.all()) {
      known.add(
          switch (mechanism) {
            case Scram scram -> scram(scram.hash(), scram.isPlus(), NONCE);
            case CramMd5 cram -> new CramMd5(() -> CHALLENGE);
            default -> mechanism;
          });
    }
    return known;
  }

  /** One of them. */
  public static SaslMechanism mechanism(String name) {
    return mechanisms().stream().filter(m -> m.name().equals(name)).findFirst().orElseThrow();
  }

  /** The credential of a password, with the salt of the example in RFC 5802. */
  public static ScramCredential credential(ScramHash hash, String password) {
    byte[] salt = Base64.getDecoder().decode("QSXCR+Q6sek8bf92");
    return ScramCredential.of(hash, password, ScramCredential.ITERATIONS, salt);
  }

  static Scram scram(ScramHash hash, boolean isPlus, String nonce) {
    return new Scram(hash, isPlus, new byte[16], () -> nonce);
  }
}
