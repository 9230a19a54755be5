package io.simplesmtp.app;

import io.simplesmtp.auth.SaslContext;
import io.simplesmtp.auth.SaslExchange;
import io.simplesmtp.auth.SaslMechanism;
import io.simplesmtp.auth.ScramHash;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A SCRAM mechanism that is offered while every user has a credential for its hash. Clients take
 * the first mechanism that they know, so some users could not get in otherwise.
 */
record OfferedScram(SaslMechanism mechanism, ScramHash hash, Logins logins)
    implements SaslMechanism {

  /** All of them, with and without channel binding. */
  static List<SaslMechanism> all(Logins logins) {
    return SaslMechanism.all().stream()
        .flatMap(mechanism ->
            hash(mechanism.name()).stream()
                .<SaslMechanism>map(hash -> new OfferedScram(mechanism, hash, logins)))
        .toList();
  }

  /** The hash of the mechanism with this name, if it is one of SCRAM. */
  static Optional<ScramHash> hash(String name) {
    return Arrays.stream(ScramHash.values())
        .filter(hash -> name.equals(hash.mechanism()) || name.equals(hash.mechanism() + "-PLUS"))
        .findFirst();
  }

  @Override
  public String name() {
    return mechanism.name();
  }

  @Override
  public boolean isAvailable(SaslContext context) {
    return logins.scramHashes().contains(hash) && mechanism.isAvailable(context);
  }

  @Override
  public SaslExchange begin(SaslContext context) {
    return mechanism.begin(context);
  }
}
