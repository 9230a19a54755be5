package io.simplesmtp.internal.session;

import io.simplesmtp.server.AnonymousCheck;
import io.simplesmtp.server.CertificateCheck;
import io.simplesmtp.server.PasswordCheck;
import io.simplesmtp.server.ScramCheck;
import io.simplesmtp.server.SecretCheck;
import io.simplesmtp.server.TokenCheck;
import java.util.Optional;

/** The application's checks of credentials, those that it has. */
public record CredentialChecks(
    Optional<PasswordCheck> passwords,
    Optional<ScramCheck> scram,
    Optional<SecretCheck> secrets,
    Optional<TokenCheck> tokens,
    Optional<CertificateCheck> certificates,
    Optional<AnonymousCheck> anonymous) {

  /** No check at all. */
  public static final CredentialChecks NONE =
      new CredentialChecks(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  /** Whether there is none. */
  public boolean isEmpty() {
    return passwords.isEmpty()
        && scram.isEmpty()
        && secrets.isEmpty()
        && tokens.isEmpty()
        && certificates.isEmpty()
        && anonymous.isEmpty();
  }
}
