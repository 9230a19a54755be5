package io.simplesmtp.auth;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * OAUTHBEARER: an OAuth 2.0 access token in the place of a password (RFC 7628).
 *
 * <pre>{@code
 * SmtpServer.builder().mechanisms("OAUTHBEARER", "XOAUTH2");
 * }</pre>
 *
 * <p>A client whose token fails gets a challenge in JSON with {@code invalid_token} and what {@link
 * TokenVerifier} tells of scope and provider, and fails with its next response. An empty {@code
 * auth}, with which clients ask for just that, is answered so too. Host and port, which clients
 * name, are not looked at. The token goes over the wire as it is, so the server offers this only
 * under TLS. Immutable and safe for use by any thread.
 */
public record OAuthBearer() implements SaslMechanism {

  @Override
  public String name() {
    return "OAUTHBEARER";
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

    /** {@code gs2-header kvsep *kvpair kvsep}. */
    @Override
    public Optional<OAuthExchange.Request> parse(String message) {
      Optional<Gs2Header> header = Gs2Header.parse(message);
      if (header.isEmpty() || header.get().flag() == 'p') {
        return Optional.empty();
      }
      String rest = message.substring(header.get().text().length());
      if (rest.isEmpty() || rest.charAt(0) != OAuthMessage.SEPARATOR) {
        return Optional.empty();
      }
      return OAuthMessage.parse(rest.substring(1))
          .filter(pairs -> pairs.containsKey("auth"))
          .map(pairs ->
              new OAuthExchange.Request(
                  header.get().authorizationId(), pairs.getOrDefault("auth", "")));
    }

    @Override
    public String refusal(TokenVerifier verifier) {
      List<Map.Entry<String, String>> members = new ArrayList<>();
      members.add(Map.entry("status", "invalid_token"));
      if (!verifier.scope().isEmpty()) {
        members.add(Map.entry("scope", verifier.scope()));
      }
      if (!verifier.openIdConfiguration().isEmpty()) {
        members.add(Map.entry("openid-configuration", verifier.openIdConfiguration()));
      }
      return OAuthMessage.json(members);
    }
  }
}
