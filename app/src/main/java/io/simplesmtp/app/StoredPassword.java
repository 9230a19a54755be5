package io.simplesmtp.app;

import io.simplesmtp.auth.ScramCredential;
import io.simplesmtp.auth.ScramHash;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;

/** What the program knows of a password. Immutable. */
sealed interface StoredPassword permits PasswordHash, ScramPassword {

  /** Whether it is this password; takes the same time either way. */
  boolean matches(String password);

  /** What SCRAM needs to know of it, if it is known for this hash. */
  Optional<ScramCredential> scram(ScramHash hash);

  /**
   * The same of another password: it costs as much.
   *
   * @throws IllegalArgumentException if this cannot be known of the password
   */
  StoredPassword another(String password);

  /** One that costs as much and belongs to no password that anybody knows. */
  default StoredPassword decoy() {
    byte[] password = new byte[16];
    new SecureRandom().nextBytes(password);
    return another(HexFormat.of().formatHex(password));
  }
}
