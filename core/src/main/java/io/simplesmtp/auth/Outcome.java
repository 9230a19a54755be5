package io.simplesmtp.auth;

import java.util.Optional;

/** Turns the answer of a check into the step that ends the exchange. */
final class Outcome {

  private Outcome() {}

  static SaslStep of(String mechanism, Optional<String> name) {
    return name.isPresent()
        ? new SaslStep.Success(new Identity(name.get(), mechanism))
        : new SaslStep.Failure();
  }
}
