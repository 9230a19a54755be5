package io.simplesmtp.app;

import io.simplesmtp.auth.ScramCredential;
import io.simplesmtp.auth.ScramHash;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A password as what SCRAM needs of it.
 *
 * @param credentials for different hashes; the first one is compared with passwords
 */
record ScramPassword(List<ScramCredential> credentials) implements StoredPassword {

  /** How lines of the file of users begin their credentials. */
  static final String BEGIN = "SCRAM-SHA-";

  /** Takes a copy; there is one at least. */
  ScramPassword {
    credentials = List.copyOf(credentials);
  }

  /** Reads the text form of a credential, or nothing if it is none. */
  static Optional<ScramPassword> parse(String text) {
    try {
      return Optional.of(new ScramPassword(List.of(ScramCredential.parse(text))));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /**
   * For every hash.
   *
   * @throws IllegalArgumentException if SASLprep does not allow the password
   */
  static ScramPassword of(String password) {
    return new ScramPassword(
        Arrays.stream(ScramHash.values())
            .sorted((one, other) -> other.compareTo(one)) // the better one first
            .map(hash -> ScramCredential.of(hash, password, ScramCredential.ITERATIONS))
            .toList());
  }

  @Override
  public boolean matches(String password) {
    return credentials.get(0).matches(password);
  }

  @Override
  public Optional<ScramCredential> scram(ScramHash hash) {
    return credentials.stream().filter(credential -> credential.hash() == hash).findFirst();
  }

  @Override
  public ScramPassword another(String password) {
    return new ScramPassword(
        credentials.stream()
            .map(one -> ScramCredential.of(one.hash(), password, one.iterations()))
            .toList());
  }
}
