package io.simplesmtp.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.simplesmtp.server.TlsConfig;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The mechanisms of one or two messages, with the examples of their RFCs. */
class MechanismsTest {

  private static final byte[] BROKEN = {'x', (byte) 0xC3};

  @TempDir private static Path folder;
  private static X509Certificate certificate;

  @BeforeAll
  static void makeACertificate() throws Exception {
    Path file = folder.resolve("client.crt");
    TlsConfig.writeSelfSigned("client.test", file, folder.resolve("client.key"));
    try (InputStream in = Files.newInputStream(file)) {
      certificate =
          (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
    }
  }

  @Test
  void areOfferedByWhatTheServerCanDo() {
    assertThat(offered(() -> "mx.test")).isEmpty();
    assertThat(offered(new Server()))
        .containsExactly(
            "SCRAM-SHA-256",
            "SCRAM-SHA-1",
            "OAUTHBEARER",
            "XOAUTH2",
            "CRAM-MD5",
            "PLAIN",
            "LOGIN",
            "ANONYMOUS");
    assertThat(offered(new Server().bound()))
        .startsWith("SCRAM-SHA-256-PLUS", "SCRAM-SHA-1-PLUS", "SCRAM-SHA-256", "SCRAM-SHA-1");
  }

  /** RFC 2195 section 2. */
  @Test
  void cramMd5() throws Exception {
    Talk talk = new Talk(new CramMd5(() -> KnownWords.CHALLENGE), new Server());
    assertThat(talk.start()).isEqualTo("<1896.697170952@postoffice.reston.mci.net>");
    assertThat(talk.say("tim b913a602c7eda7a495b4e6e7334d3890")).isEqualTo("!tim by CRAM-MD5");
  }

  @ParameterizedTest
  @CsvSource({
    "'tim B913A602C7EDA7A495B4E6E7334D3890', !tim by CRAM-MD5",
    "'tim b913a602c7eda7a495b4e6e7334d3891', !failure",
    "'Tim b913a602c7eda7a495b4e6e7334d3890', !failure",
    "'an n 00000000000000000000000000000000', !failure",
    "'tim', !malformed",
    "'', !malformed",
    "' b913a602c7eda7a495b4e6e7334d3890', !malformed",
    "'tim b913a602c7eda7a495b4e6e7334d389', !malformed",
    "'tim b913a602c7eda7a495b4e6e7334d38900', !malformed",
    "'tim b913a602c7eda7a495b4e6e7334d389g', !malformed",
    "'tim b913a602c7eda7a495b4e6e7334d3890 ', !malformed",
  })
  void cramMd5Answers(String response, String outcome) throws Exception {
    Talk talk = new Talk(new CramMd5(() -> KnownWords.CHALLENGE), new Server());
    talk.start();
    assertThat(talk.say(response)).isEqualTo(outcome);
  }

  @Test
  void cramMd5BeginsWithTheServer() throws Exception {
    Talk talk = new Talk(new CramMd5(() -> KnownWords.CHALLENGE), new Server());
    assertThat(talk.say("tim b913a602c7eda7a495b4e6e7334d3890")).isEqualTo("!malformed");
  }

  @Test
  void cramMd5NeverRepeatsAChallenge() throws Exception {
    CramMd5 mechanism = new CramMd5();
    assertThat(new Talk(mechanism, new Server()).start())
        .matches("<[A-Za-z0-9+/]{24}\\.[0-9]+@postoffice\\.reston\\.mci\\.net>")
        .isNotEqualTo(new Talk(mechanism, new Server()).start());
  }

  /** RFC 4616 section 4, with another password. */
  @ParameterizedTest
  @CsvSource({
    "'~tim~secret', !tim/ by PLAIN",
    "'Ursel~Kurt~secret', !Kurt/Ursel by PLAIN",
    "'~tim~Secret', !failure",
    "'', !malformed",
    "'tim', !malformed",
    "'~tim', !malformed",
    "'~~secret', !malformed",
    "'~tim~', !malformed",
    "'~tim~secret~', !malformed",
  })
  void plain(String response, String outcome) throws Exception {
    Talk talk = new Talk(new Plain(), new Server());
    assertThat(talk.start()).isEmpty();
    assertThat(talk.say(response.replace('~', '\0'))).isEqualTo(outcome);
  }

  @Test
  void login() throws Exception {
    Talk talk = new Talk(new Login(), new Server());
    assertThat(talk.start()).isEqualTo("Username:");
    assertThat(talk.say("ann")).isEqualTo("Password:");
    assertThat(talk.say("secret")).isEqualTo("!ann/ by LOGIN");
  }

  /** RFC 7628 section 4.1. */
  @Test
  void oauthBearer() throws Exception {
    Talk talk = new Talk(new OAuthBearer(), new Server());
    assertThat(talk.start()).isEmpty();
    byte[] response =
        Base64.getDecoder()
            .decode(
                "bixhPXVzZXJAZXhhbXBsZS5jb20sAWhvc3Q9c2VydmVyLmV4YW1wbGUuY29tAXBvcnQ9MTQzAWF1dGg9Qm"
                    + "VhcmVyIHZGOWRmdDRxbVRjMk52YjNSbGNrQmhiSFJoZG1semRHRXVZMjl0Q2c9PQEB");
    assertThat(talk.say(response))
        .isEqualTo("!user@example.com/vF9dft4qmTc2Nvb3RlckBhbHRhdmlzdGEuY29tCg== by OAUTHBEARER");
  }

  /** RFC 7628 section 4.3; the client's word in between does not matter. */
  @ParameterizedTest
  @ValueSource(strings = {"\1", "", "n,,\1auth=Bearer good\1\1"})
  void oauthBearerTellsWhatWouldBeGood(String response) throws Exception {
    Talk talk = new Talk(new OAuthBearer(), new Server());
    assertThat(talk.say("n,a=ann,\1auth=Bearer bad\1\1"))
        .isEqualTo(
            "{\"status\":\"invalid_token\",\"scope\":\"example_scope\","
                + "\"openid-configuration\":"
                + "\"https://example.com/.well-known/openid-configuration\"}");
    assertThat(talk.say(response)).isEqualTo("!failure");
  }

  @ParameterizedTest
  @CsvSource({
    "'n,,~auth=Bearer t~~', !/t by OAUTHBEARER",
    "'y,,~auth=bEARER   t-._~~', !/t-._ by OAUTHBEARER",
    "'n,a=a=2Cb,~auth=Bearer t~~', '!a,b/t by OAUTHBEARER'",
    "'n,,~auth=Bearer t~x=y z~~', !/t by OAUTHBEARER",
    "'n,,~auth=~~', {",
    "'n,,~auth=Basic dDp0~~', {",
    "'n,,~auth=Bearer~~', {",
    "'n,,~auth=Bearer ~~', {",
    "'n,,~auth=Bearer t t~~', {",
    "'n,,~auth=Bearer t=t~~', {",
    "'n,,~auth=Bearer ==~~', {",
    "'', !malformed",
    "'~', !malformed",
    "'n,,', !malformed",
    "'n,,~', !malformed",
    "'n,,~~', !malformed",
    "'n,,auth=Bearer t~~', !malformed",
    "'n,,~auth=Bearer t~', !malformed",
    "'n,,~auth=Bearer t', !malformed",
    "'n,,~auth=Bearer t~~~', !malformed",
    "'n,,~~auth=Bearer t~~', !malformed",
    "'n,,~auth=Bearer t~auth=Bearer t~~', !malformed",
    "'n,,~host=x~~', !malformed",
    "'n,,~=x~auth=Bearer t~~', !malformed",
    "'n,,~h1=x~auth=Bearer t~~', !malformed",
    "'n,,~host~auth=Bearer t~~', !malformed",
    "'n,,~host=\u00fc~auth=Bearer t~~', !malformed",
    "'p=tls-exporter,,~auth=Bearer t~~', !malformed",
    "'n,a=,~auth=Bearer t~~', !malformed",
    "'auth=Bearer t~~', !malformed",
  })
  void oauthBearerAnswers(String response, String outcome) throws Exception {
    Talk talk = new Talk(new OAuthBearer(), new Server());
    assertThat(talk.say(response.replace('~', '\1'))).startsWith(outcome);
  }

  /** The example of Google's documentation. */
  @Test
  void xoauth2() throws Exception {
    Talk talk = new Talk(new XOAuth2(), new Server());
    byte[] response =
        Base64.getDecoder()
            .decode(
                "dXNlcj1zb21ldXNlckBleGFtcGxlLmNvbQFhdXRoPUJlYXJlciB5YTI5LnZGOWRmdDRxbVRjMk52YjNSbG"
                    + "NrQmhkSFJoZG1semRHRXVZMjl0Q2cBAQ==");
    assertThat(talk.say(response))
        .isEqualTo(
            "!someuser@example.com/ya29.vF9dft4qmTc2Nvb3RlckBhdHRhdmlzdGEuY29tCg by XOAUTH2");
  }

  @Test
  void xoauth2TellsWhatWouldBeGood() throws Exception {
    Talk talk = new Talk(new XOAuth2(), new Server());
    assertThat(talk.say("user=ann\1auth=Bearer bad\1\1"))
        .isEqualTo("{\"status\":\"401\",\"schemes\":\"bearer\",\"scope\":\"example_scope\"}");
    assertThat(talk.say("")).isEqualTo("!failure");
  }

  @ParameterizedTest
  @CsvSource({
    "'user=\u00fcrs~auth=Bearer t~~', !\u00fcrs/t by XOAUTH2",
    "'user=ann~auth=Basic t~~', {",
    "'', !malformed",
    "'user=ann', !malformed",
    "'user=~auth=Bearer t~~', !malformed",
    "'user=ann~auth=Bearer t~', !malformed",
    "'user=ann~~', !malformed",
    "'USER=ann~auth=Bearer t~~', !malformed",
    "'auth=Bearer t~user=ann~~', !malformed",
  })
  void xoauth2Answers(String response, String outcome) throws Exception {
    Talk talk = new Talk(new XOAuth2(), new Server());
    assertThat(talk.say(response.replace('~', '\1'))).startsWith(outcome);
  }

  @Test
  void refusalsAreJson() {
    assertThat(OAuthMessage.json(List.of(Map.entry("a\"\\", "\r\n\u00fc"))))
        .isEqualTo("{\"a\\\"\\\\\":\"\\u000d\\u000a\\u00fc\"}");
  }

  /** RFC 4505 section 4. */
  @Test
  void anonymous() throws Exception {
    Talk talk = new Talk(new Anonymous(), new Server());
    assertThat(talk.start()).isEmpty();
    assertThat(talk.say(Base64.getDecoder().decode("c2lyaGM=")))
        .isEqualTo("!anonymous/sirhc by ANONYMOUS");
  }

  @Test
  void anonymousTraces() throws Exception {
    assertThat(anonymous("")).isEqualTo("!anonymous/ by ANONYMOUS");
    assertThat(anonymous("a b@x.org")).isEqualTo("!anonymous/a b@x.org by ANONYMOUS");
    assertThat(anonymous("\ud83d\ude00".repeat(255))).startsWith("!anonymous/");
    assertThat(anonymous("\ud83d\ude00".repeat(256))).isEqualTo("!malformed");
    assertThat(anonymous("a\r\nb")).isEqualTo("!malformed");
    assertThat(anonymous("a\u202eb")).isEqualTo("!malformed");
    assertThat(anonymous("nobody")).isEqualTo("!failure");
  }

  @ParameterizedTest
  @CsvSource({
    "'', !owner by EXTERNAL",
    "bob, !bob by EXTERNAL",
    "carl, !failure",
    "'b~b', !malformed"
  })
  void external(String response, String outcome) throws Exception {
    Talk talk = new Talk(new External(), new Certified());
    assertThat(talk.start()).isEmpty();
    assertThat(talk.say(response.replace('~', '\0'))).isEqualTo(outcome);
  }

  @Test
  void brokenUtf8IsMalformedToAll() throws Exception {
    for (SaslMechanism mechanism : SaslMechanism.all()) {
      SaslContext context =
          mechanism.isAvailable(new Certified()) ? new Certified() : new Server().bound();
      Talk talk = new Talk(mechanism, context);
      talk.start();
      assertThat(talk.say(BROKEN)).as(mechanism.name()).isEqualTo("!malformed");
    }
  }

  @Test
  void theirNamesAreAllTheyPrint() {
    assertThat(Scram.plus(ScramHash.SHA_256)).hasToString("SCRAM-SHA-256-PLUS");
    assertThat(new CramMd5()).hasToString("CRAM-MD5");
  }

  private static String anonymous(String trace) throws Exception {
    return new Talk(new Anonymous(), new Server()).say(trace.getBytes(StandardCharsets.UTF_8));
  }

  private static List<String> offered(SaslContext context) {
    return SaslMechanism.all().stream()
        .filter(m -> m.isAvailable(context))
        .map(SaslMechanism::name)
        .toList();
  }

  /** A client with a certificate. */
  private static final class Certified implements SaslContext {

    @Override
    public String hostname() {
      return "mx.test";
    }

    @Override
    public List<X509Certificate> clientCertificates() {
      return List.of(certificate);
    }

    @Override
    public Optional<CertificateVerifier> certificates() {
      return Optional.of((authorizationId, chain) ->
          switch (authorizationId) {
            case "" -> Optional.of("owner");
            case "bob" -> Optional.of("bob");
            default -> Optional.empty();
          });
    }
  }
}
