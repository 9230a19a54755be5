package io.simplesmtp.auth;

import java.util.Optional;

/** Turns the answer of a password check into the step that ends the exchange. */
final class PasswordOutcome {

  private PasswordOutcome() {}

  static SaslStep of(String mechanism, Optional<String> name) {
    return name.isPresent()
        ? new SaslStep.Success(new Identity(name.get(), mechanism))
        : new SaslStep.Failure();
  }
}
