package io.simplesmtp.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.simplesmtp.server.AnonymousCheck;
import io.simplesmtp.server.CertificateCheck;
import io.simplesmtp.server.PasswordCheck;
import io.simplesmtp.server.ScramCheck;
import io.simplesmtp.server.SecretCheck;
import io.simplesmtp.server.TokenCheck;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CredentialChecksTest {

  private static final Optional<PasswordCheck> PASSWORDS =
      Optional.of((session, user, password) -> Optional.empty());
  private static final Optional<ScramCheck> SCRAM =
      Optional.of((session, user, hash) -> Optional.empty());
  private static final Optional<SecretCheck> SECRETS =
      Optional.of((session, user) -> Optional.empty());
  private static final Optional<TokenCheck> TOKENS =
      Optional.of((session, user, token) -> Optional.empty());
  private static final Optional<CertificateCheck> CERTIFICATES =
      Optional.of((session, chain) -> Optional.empty());
  private static final Optional<AnonymousCheck> ANONYMOUS =
      Optional.of((session, trace) -> Optional.empty());

  @Test
  void anyCheckIsOne() {
    assertThat(CredentialChecks.NONE.isEmpty()).isTrue();
    for (int i = 0; i < 6; i++) {
      assertThat(only(i).isEmpty()).isFalse();
    }
  }

  /** The checks with one alone. */
  private static CredentialChecks only(int number) {
    return new CredentialChecks(
        PASSWORDS.filter(check -> number == 0),
        SCRAM.filter(check -> number == 1),
        SECRETS.filter(check -> number == 2),
        TOKENS.filter(check -> number == 3),
        CERTIFICATES.filter(check -> number == 4),
        ANONYMOUS.filter(check -> number == 5));
  }
}
