package io.simplesmtp.auth;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * XOAUTH2: an OAuth 2.0 access token as Google and Microsoft took it before there was OAUTHBEARER,
 * and as most clients still send it.
 *
 * <pre>{@code
 * SmtpServer.builder().mechanisms("OAUTHBEARER", "XOAUTH2");
 * }</pre>
 *
 * <p>A client whose token fails gets a challenge in JSON with the status 401 and the scope of
 * {@link TokenVerifier}, and fails with its next response. The token goes over the wire as it is,
 * so the server offers this only under TLS. Immutable and safe for use by any thread.
 */
public record XOAuth2() implements SaslMechanism {

  @Override
  public String name() {
    return "XOAUTH2";
  }

  @Override
  public boolean isAvailable(SaslContext context) {
    return context.tokens().isPresent();
  }

  @Override
  public SaslExchange begin(SaslContext context) {
    return new OAuthExchange(new Form(name()), context.tokens().orElseThrow());
  }

  private record Form(String mechanism) implements OAuthExchange.Form {

    /** {@code user=NAME ^A auth=Bearer TOKEN ^A ^A}; names may be of any script. */
    @Override
    public Optional<OAuthExchange.Request> parse(String message) {
      int end = message.indexOf(OAuthMessage.SEPARATOR);
      if (end < 0 || !message.startsWith("user=")) {
        return Optional.empty();
      }
      String user = message.substring("user=".length(), end);
      if (user.isEmpty() || user.indexOf('\0') >= 0) {
        return Optional.empty();
      }
      return OAuthMessage.parse(message.substring(end + 1))
          .filter(pairs -> pairs.containsKey("auth"))
          .map(pairs -> new OAuthExchange.Request(user, pairs.getOrDefault("auth", "")));
    }

    @Override
    public String refusal(TokenVerifier verifier) {
      return OAuthMessage.json(
          List.of(
              Map.entry("status", "401"),
              Map.entry("schemes", "bearer"),
              Map.entry("scope", verifier.scope())));
    }
  }
}
