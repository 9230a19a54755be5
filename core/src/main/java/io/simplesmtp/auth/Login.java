package io.simplesmtp.auth;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * LOGIN: user and password as two responses. It was never standardized, but many clients know
 * nothing else.
 *
 * <pre>{@code
 * SmtpServer.builder().passwords((session, user, word) -> Optional.empty());
 * }</pre>
 *
 * <p>The secret goes over the wire as it is, so the server offers this only under TLS. Immutable
 * and safe for use by any thread.
 */
public record Login() implements SaslMechanism {

  @Override
  public String name() {
    return "LOGIN";
  }

  @Override
  public boolean isAvailable(SaslContext context) {
    return context.passwords().isPresent();
  }

  @Override
  public SaslExchange begin(SaslContext context) {
    return new Exchange(context.passwords().orElseThrow());
  }

  private static final class Exchange implements SaslExchange {

    private final PasswordVerifier verifier;
    private @Nullable String user;

    Exchange(PasswordVerifier verifier) {
      this.verifier = verifier;
    }

    @Override
    public SaslStep start() {
      return challenge("Username:");
    }

    @Override
    public SaslStep respond(byte[] response) throws Exception {
      Optional<String> text = Utf8.decode(response, 0, response.length);
      if (text.isEmpty() || text.get().isEmpty()) {
        return new SaslStep.Malformed();
      }
      if (user == null) {
        user = text.get();
        return challenge("Password:");
      }
      return Outcome.of("LOGIN", verifier.verify("", user, text.get()));
    }

    private static SaslStep challenge(String prompt) {
      return new SaslStep.Challenge(prompt.getBytes(StandardCharsets.US_ASCII));
    }
  }
}
