package io.simplesmtp.internal.session;

import io.simplesmtp.auth.AnonymousVerifier;
import io.simplesmtp.auth.CertificateVerifier;
import io.simplesmtp.auth.ChannelBindings;
import io.simplesmtp.auth.PasswordVerifier;
import io.simplesmtp.auth.SaslContext;
import io.simplesmtp.auth.ScramCredential;
import io.simplesmtp.auth.ScramCredentials;
import io.simplesmtp.auth.ScramHash;
import io.simplesmtp.auth.SharedSecrets;
import io.simplesmtp.auth.TokenVerifier;
import io.simplesmtp.server.Delegation;
import io.simplesmtp.server.PasswordCheck;
import io.simplesmtp.server.ScramCheck;
import io.simplesmtp.server.Session;
import io.simplesmtp.server.TlsInfo;
import io.simplesmtp.server.TokenCheck;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/** The application's checks of credentials, bound to one session. */
record SessionContext(
    String hostname,
    Session session,
    ChannelBindings channelBindings,
    CredentialChecks checks,
    List<String> mechanisms)
    implements SaslContext {

  @Override
  public boolean isSecure() {
    return session.isSecure();
  }

  @Override
  public List<X509Certificate> clientCertificates() {
    return session.tls().map(TlsInfo::peerCertificates).orElse(List.of());
  }

  @Override
  public Optional<PasswordVerifier> passwords() {
    return checks
        .passwords()
        .map(check ->
            (authorizationId, user, password) -> verify(check, authorizationId, user, password));
  }

  private Optional<String> verify(
      PasswordCheck check, String authorizationId, String user, String password) throws Exception {
    Optional<String> name = check.verify(session, user, password);
    return name.isEmpty() || authorizationId.equals(user)
        ? name
        : authorize(check, name.get(), authorizationId);
  }

  @Override
  public Optional<ScramCredentials> scram() {
    return checks.scram().map(Stored::new);
  }

  @Override
  public Optional<SharedSecrets> secrets() {
    return checks.secrets().map(check -> user -> check.find(session, user));
  }

  @Override
  public Optional<TokenVerifier> tokens() {
    return checks.tokens().map(Tokens::new);
  }

  @Override
  public Optional<CertificateVerifier> certificates() {
    return checks
        .certificates()
        .map(check ->
            (authorizationId, chain) -> {
              Optional<String> name = check.verify(session, chain);
              return name.isEmpty() ? name : authorize(check, name.get(), authorizationId);
            });
  }

  @Override
  public Optional<AnonymousVerifier> anonymous() {
    return checks.anonymous().map(check -> trace -> check.verify(session, trace));
  }

  private Optional<String> authorize(Delegation check, String name, String authorizationId)
      throws Exception {
    return authorizationId.isEmpty() || authorizationId.equals(name)
        ? Optional.of(name)
        : check.authorize(session, name, authorizationId);
  }

  private final class Stored implements ScramCredentials {
    private final ScramCheck check;

    Stored(ScramCheck check) {
      this.check = check;
    }

    @Override
    public Optional<ScramCredential> find(String user, ScramHash hash) throws Exception {
      return check.find(session, user, hash);
    }

    @Override
    public Optional<String> authorize(String user, String authorizationId) throws Exception {
      return SessionContext.this.authorize(check, user, authorizationId);
    }

    @Override
    public int iterations() {
      return check.iterations();
    }
  }

  private final class Tokens implements TokenVerifier {
    private final TokenCheck check;

    Tokens(TokenCheck check) {
      this.check = check;
    }

    @Override
    public Optional<String> verify(String user, String token) throws Exception {
      return check.verify(session, user, token);
    }

    @Override
    public String scope() {
      return check.scope();
    }

    @Override
    public String openIdConfiguration() {
      return check.openIdConfiguration();
    }
  }
}
