package io.simplesmtp.server;

import io.simplesmtp.auth.SaslPrep;
import io.simplesmtp.auth.ScramCredential;
import io.simplesmtp.auth.ScramHash;
import java.util.Optional;
import java.util.UUID;

/** Checks passwords against credentials that are stored for SCRAM. */
final class StoredPasswords implements PasswordCheck {

  private final ScramCheck credentials;
  private final ScramHash hash;

  /** One that no password fits, so that an unknown user costs what a known one does. */
  private final ScramCredential decoy;

  StoredPasswords(ScramCheck credentials, ScramHash hash) {
    this.credentials = credentials;
    this.hash = hash;
    String nobodys = UUID.randomUUID().toString();
    this.decoy = ScramCredential.of(hash, nobodys, credentials.iterations());
  }

  @Override
  public Optional<String> verify(Session session, String user, String password) throws Exception {
    Optional<String> name = SaslPrep.query(user);
    Optional<ScramCredential> found =
        name.isEmpty() ? Optional.empty() : credentials.find(session, name.get(), hash);
    boolean isRight = found.orElse(decoy).matches(password);
    return isRight && found.isPresent() ? name : Optional.empty();
  }

  @Override
  public Optional<String> authorize(Session session, String name, String authorizationId)
      throws Exception {
    return credentials.authorize(session, name, authorizationId);
  }
}
