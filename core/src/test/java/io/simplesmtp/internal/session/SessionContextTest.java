package io.simplesmtp.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.simplesmtp.auth.CertificateVerifier;
import io.simplesmtp.auth.ChannelBindings;
import io.simplesmtp.auth.TokenVerifier;
import io.simplesmtp.server.CertificateCheck;
import io.simplesmtp.server.ConnectionInfo;
import io.simplesmtp.server.Listener;
import io.simplesmtp.server.Session;
import io.simplesmtp.server.TlsInfo;
import io.simplesmtp.server.TokenCheck;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a mechanism knows of the client's session, and how it asks the application's checks. */
class SessionContextTest {

  private static final CredentialChecks NONE = CredentialChecks.NONE;

  @Test
  void whetherTheClientIsUnderTlsIsKnown() {
    assertThat(context(Optional.empty(), NONE).isSecure()).isFalse();
    assertThat(context(Optional.of(Talk.TLS), NONE).isSecure()).isTrue();
  }

  @Test
  void theOwnerOfACertificateMayActAsAnotherIfTheCheckSaysSo() throws Exception {
    CertificateCheck check =
        new CertificateCheck() {
          @Override
          public Optional<String> verify(Session session, List<X509Certificate> chain) {
            return Optional.of("ann").filter(owner -> session.isSecure());
          }

          @Override
          public Optional<String> authorize(Session session, String name, String other) {
            return Optional.of(other).filter(name.equals("ann") ? "bob"::equals : "carl"::equals);
          }
        };
    CredentialChecks checks =
        new CredentialChecks(
            NONE.passwords(),
            NONE.scram(),
            NONE.secrets(),
            NONE.tokens(),
            Optional.of(check),
            NONE.anonymous());
    CertificateVerifier owner = context(Optional.of(Talk.TLS), checks).certificates().orElseThrow();
    assertThat(owner.verify("", List.of())).contains("ann");
    assertThat(owner.verify("ann", List.of())).contains("ann");
    assertThat(owner.verify("bob", List.of())).contains("bob");
    assertThat(owner.verify("carl", List.of())).isEmpty();
    CertificateVerifier nobody = context(Optional.empty(), checks).certificates().orElseThrow();
    assertThat(nobody.verify("bob", List.of())).isEmpty();
  }

  @Test
  void whatTokenIsNeededIsSaidByTheCheck() throws Exception {
    TokenCheck check =
        new TokenCheck() {
          @Override
          public Optional<String> verify(Session session, String user, String token) {
            return Optional.of(user).filter(name -> token.equals("t0ken"));
          }

          @Override
          public String scope() {
            return "mail";
          }

          @Override
          public String openIdConfiguration() {
            return "https://id.test/.well-known/openid-configuration";
          }
        };
    CredentialChecks checks =
        new CredentialChecks(
            NONE.passwords(),
            NONE.scram(),
            NONE.secrets(),
            Optional.of(check),
            NONE.certificates(),
            NONE.anonymous());
    TokenVerifier tokens = context(Optional.empty(), checks).tokens().orElseThrow();
    assertThat(tokens.verify("ann", "t0ken")).contains("ann");
    assertThat(tokens.verify("ann", "other")).isEmpty();
    assertThat(tokens.scope()).isEqualTo("mail");
    assertThat(tokens.openIdConfiguration())
        .isEqualTo("https://id.test/.well-known/openid-configuration");
  }

  private static SessionContext context(Optional<TlsInfo> tls, CredentialChecks checks) {
    ConnectionInfo connection =
        new ConnectionInfo(
            new InetSocketAddress(4711), new InetSocketAddress(25), Listener.smtp(25));
    Session session = new Session("S1", connection, Optional.empty(), tls, Optional.empty());
    return new SessionContext("mx.test", session, ChannelBindings.NONE, checks, List.of());
  }
}
