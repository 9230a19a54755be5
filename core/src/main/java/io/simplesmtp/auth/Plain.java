package io.simplesmtp.auth;

import java.util.Optional;

/**
 * PLAIN: authorization identity, user and password in one response (RFC 4616).
 *
 * <pre>{@code
 * SmtpServer.builder().passwords((session, user, word) -> Optional.empty());
 * }</pre>
 *
 * <p>The secret goes over the wire as it is, so the server offers this only under TLS. Immutable
 * and safe for use by any thread.
 */
public record Plain() implements SaslMechanism {

  @Override
  public String name() {
    return "PLAIN";
  }

  @Override
  public boolean isAvailable(SaslContext context) {
    return context.passwords().isPresent();
  }

  @Override
  public SaslExchange begin(SaslContext context) {
    return new Exchange(context.passwords().orElseThrow());
  }

  private record Exchange(PasswordVerifier verifier) implements SaslExchange {

    @Override
    public SaslStep start() {
      return new SaslStep.Challenge(new byte[0]);
    }

    /** {@code message = [authzid] UTF8NUL authcid UTF8NUL passwd}. */
    @Override
    public SaslStep respond(byte[] response) throws Exception {
      int first = indexOfNul(response, 0);
      int second = first < 0 ? -1 : indexOfNul(response, first + 1);
      if (second < 0 || indexOfNul(response, second + 1) >= 0) {
        return new SaslStep.Malformed();
      }
      Optional<String> authorizationId = Utf8.decode(response, 0, first);
      Optional<String> user = Utf8.decode(response, first + 1, second);
      Optional<String> password = Utf8.decode(response, second + 1, response.length);
      if (authorizationId.isEmpty() || user.isEmpty() || password.isEmpty()) {
        return new SaslStep.Malformed();
      }
      if (user.get().isEmpty() || password.get().isEmpty()) {
        return new SaslStep.Malformed();
      }
      return Outcome.of(
          "PLAIN", verifier.verify(authorizationId.get(), user.get(), password.get()));
    }

    private static int indexOfNul(byte[] octets, int from) {
      for (int i = from; i < octets.length; i++) {
        if (octets[i] == 0) {
          return i;
        }
      }
      return -1;
    }
  }
}
