package io.simplesmtp.auth;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A context that can do what a test gives it. */
final class Server implements SaslContext {

  /** The channel of every test that has one. */
  static final byte[] CHANNEL = "the channel".getBytes(StandardCharsets.US_ASCII);

  private final Map<String, ScramCredential> users = new HashMap<>();
  private List<String> mechanisms = List.of();
  private boolean isBound;

  Server with(String user, ScramCredential credential) {
    users.put(user, credential);
    return this;
  }

  Server offering(String... names) {
    mechanisms = List.of(names);
    return this;
  }

  Server bound() {
    isBound = true;
    return this;
  }

  @Override
  public String hostname() {
    return "postoffice.reston.mci.net";
  }

  @Override
  public List<String> mechanisms() {
    return mechanisms;
  }

  @Override
  public Optional<ScramCredentials> scram() {
    return Optional.of(
        new ScramCredentials() {
          @Override
          public Optional<ScramCredential> find(String user, ScramHash hash) {
            return Optional.ofNullable(users.get(user));
          }

          @Override
          public Optional<String> authorize(String user, String authorizationId) {
            return switch (authorizationId) {
              case "" -> Optional.of(user);
              case "b,o=b" -> Optional.of("bob");
              default -> Optional.empty();
            };
          }
        });
  }

  @Override
  public ChannelBindings channelBindings() {
    return isBound
        ? new ChannelBindings() {
          @Override
          public List<String> types() {
            return List.of("tls-exporter");
          }

          @Override
          public Optional<byte[]> data(String type) {
            return type.equals("tls-exporter") ? Optional.of(CHANNEL) : Optional.empty();
          }
        }
        : ChannelBindings.NONE;
  }

  @Override
  public Optional<PasswordVerifier> passwords() {
    return Optional.of((authorizationId, user, password) ->
        password.equals("secret") ? Optional.of(user + "/" + authorizationId) : Optional.empty());
  }

  @Override
  public Optional<SharedSecrets> secrets() {
    return Optional.of(user ->
        switch (user) {
          case "tim" -> Optional.of("tanstaaftanstaaf");
          case "an n" -> Optional.of("");
          default -> Optional.empty();
        });
  }

  @Override
  public Optional<TokenVerifier> tokens() {
    return Optional.of(
        new TokenVerifier() {
          @Override
          public Optional<String> verify(String user, String token) {
            return token.equals("bad") ? Optional.empty() : Optional.of(user + "/" + token);
          }

          @Override
          public String scope() {
            return "example_scope";
          }

          @Override
          public String openIdConfiguration() {
            return "https://example.com/.well-known/openid-configuration";
          }
        });
  }

  @Override
  public Optional<AnonymousVerifier> anonymous() {
    return Optional.of(
        trace -> trace.equals("nobody") ? Optional.empty() : Optional.of("anonymous/" + trace));
  }
}
