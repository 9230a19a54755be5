package io.simplesmtp.server;

import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.simplesmtp.Reply;
import io.simplesmtp.server.policy.NoOpenRelay;
import java.net.UnixDomainSocketAddress;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.Test;

/** Settings that contradict each other are told before the server serves anybody. */
class StartTest {

  @Test
  void whoRequiresAuthDoesNotLetAnybodyIn() {
    refused(
            settings()
                .listen(required())
                .passwords((session, user, password) -> Optional.empty())
                .anonymous((session, trace) -> Optional.of("guest")))
        .withMessageContaining("requires AUTH, but ANONYMOUS lets anybody in");
  }

  @Test
  void anonymousThatIsNotOfferedDoesNoHarm() throws Exception {
    SmtpServer.Builder settings =
        settings()
            .listen(required())
            .passwords((session, user, password) -> Optional.empty())
            .anonymous((session, trace) -> Optional.of("guest"))
            .mechanisms("PLAIN");
    new WatchedServer(settings).close();
  }

  @Test
  void aMechanismThatIsNamedNeedsItsCheck() {
    refused(
            settings()
                .listen(TestServer.loopback())
                .passwords((session, user, password) -> Optional.empty())
                .mechanisms(
                    "PLAIN", "SCRAM-SHA-256", "CRAM-MD5", "XOAUTH2", "EXTERNAL", "ANONYMOUS"))
        .withMessageContainingAll(
            "mechanisms: nothing was given that can check SCRAM-SHA-256",
            "can check CRAM-MD5",
            "can check XOAUTH2",
            "can check EXTERNAL",
            "can check ANONYMOUS")
        .withMessageNotContaining("can check PLAIN");
  }

  @Test
  void aCheckOfCertificatesNeedsClientsThatAreAskedForThem() {
    SmtpServer.Builder settings =
        settings().listen(TestServer.loopback()).certificates((session, chain) -> Optional.empty());
    refused(settings).withMessageContaining("certificates: tls asks clients for none");
    refused(settings.tls(TlsConfig.selfSigned("mx.test")))
        .withMessageContaining("certificates: tls asks clients for none");
  }

  @Test
  void clientsWithoutAnAddressAreInNoNetwork() {
    Listener unix = Listener.lmtp(UnixDomainSocketAddress.of("s"));
    Network all = Network.parse("0.0.0.0/0");
    refused(settings().listen(unix.withTrust(Trust.NOBODY.withProxies(all))))
        .withMessageContaining("listener s: trusts networks, but its clients have no address");
    refused(settings().listen(unix.withTrust(Trust.NOBODY.withXclients(all))))
        .withMessageContaining("trusts networks");
  }

  @Test
  void thereIsOneInheritedSocket() {
    refused(
            settings()
                .listen(Listener.smtp(Listener.INHERITED))
                .listen(Listener.lmtp(Listener.INHERITED)))
        .withMessageContaining("listen: there is one inherited socket, and it is given twice");
  }

  @Test
  void aPolicyIsGivenOnce() {
    refused(
            settings()
                .listen(TestServer.loopback())
                .policies(NoOpenRelay.of("x.org"))
                .policies(NoOpenRelay.of("x.org")))
        .withMessageContaining("policies: one is given twice");
  }

  @Test
  @SuppressWarnings("NullAway") // as from code that is not checked for null
  void nothingIsNoHandlerAndNoListener() {
    assertThatNullPointerException().isThrownBy(() -> settings().handler(null));
    assertThatNullPointerException().isThrownBy(() -> settings().listen(null));
  }

  private static ThrowableAssertAlternative<IllegalStateException> refused(
      SmtpServer.Builder settings) {
    return assertThatIllegalStateException().isThrownBy(() -> new WatchedServer(settings));
  }

  private static Listener required() {
    return TestServer.loopback().withAuth(Auth.REQUIRED).withAuthWithoutTls(true);
  }

  private static SmtpServer.Builder settings() {
    return SmtpServer.builder()
        .hostname("mx.test")
        .handler((session, envelope, content) -> Reply.OK);
  }
}
