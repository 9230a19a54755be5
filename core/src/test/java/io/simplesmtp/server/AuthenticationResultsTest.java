package io.simplesmtp.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.simplesmtp.Domain;
import io.simplesmtp.Mailbox;
import io.simplesmtp.ReversePath;
import io.simplesmtp.server.AuthResult.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 8601 section 2.2: the field, and nothing of a client's outside its place. */
class AuthenticationResultsTest {

  @Test
  void withoutResultsItSaysNone() {
    assertThat(AuthenticationResults.by("mx.example.org").field())
        .isEqualTo("Authentication-Results: mx.example.org; none\r\n");
  }

  @Test
  void eachResultAndEachPropertyHasItsLine() {
    AuthenticationResults results =
        AuthenticationResults.by("mx.example.org")
            .with(AuthResult.spf(Verdict.SOFTFAIL, Mailbox.parse("ann@example.org")))
            .with(AuthResult.dkim(Verdict.PASS, new Domain("bücher.example"), "s1"))
            .with(AuthResult.dmarc(Verdict.NONE, new Domain("example.org")))
            .with(AuthResult.iprev(Verdict.PERMERROR, "2001:db8::1").because("no name"));
    assertThat(results.field())
        .isEqualTo(
            """
            Authentication-Results: mx.example.org;
            \tspf=softfail
            \t smtp.mailfrom=ann@example.org;
            \tdkim=pass
            \t header.d=xn--bcher-kva.example
            \t header.s=s1;
            \tdmarc=none
            \t header.from=example.org;
            \tiprev=permerror
            \t reason="no name"
            \t policy.iprev="2001:db8::1"
            """
                .replace("\n", "\r\n"));
    assertThat(results).hasToString(results.field());
  }

  @Test
  void theNullPathIsNoProperty() {
    assertThat(AuthResult.spf(Verdict.PASS, ReversePath.NULL)).hasToString("spf=pass");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "token|token",
        "192.0.2.1|192.0.2.1",
        "a@b.org|a@b.org",
        "@b.org|@b.org",
        "a.b+c@b.org|a.b+c@b.org",
        "a..b@c.org|\"a..b@c.org\"",
        "a@b@c.org|\"a@b@c.org\"",
        "a@b..org|\"a@b..org\"",
        "a@|\"a@\"",
        "``|\"\"",
        "two words|\"two words\"",
        "x;dkim=pass|\"x;dkim=pass\"",
        "x(y)|\"x(y)\"",
        "\"a b\"@c.org|\"\\\"a b\\\"@c.org\"",
        "back\\slash|\"back\\\\slash\"",
        "jörg@b.org|\"j?rg@b.org\"",
        "AbC/+=|\"AbC/+=\"",
      })
  void aValueIsATokenAnAddressOrQuoted(String value, String written) {
    assertThat(AuthResult.of("spf", Verdict.PASS).with("smtp", "mailfrom", value))
        .hasToString("spf=pass\r\n\t smtp.mailfrom=" + written);
  }

  @Test
  void noLineBreakGetsIn() {
    AuthResult result =
        AuthResult.of("spf", Verdict.PASS)
            .with("smtp", "helo", "x\r\nSubject: forged\u0000\u2028")
            .because("y\r\n\r\nbody");
    assertThat(AuthenticationResults.by("mx").with(result).field())
        .contains("smtp.helo=\"x??Subject: forged??\"")
        .contains("reason=\"y????body\"");
  }

  @Test
  void anAddressInAReasonIsQuoted() {
    assertThat(AuthResult.of("spf", Verdict.FAIL).because("a@b.org"))
        .hasToString("spf=fail\r\n\t reason=\"a@b.org\"");
  }

  @Test
  void noLineGetsTooLong() {
    String quotes = "\"".repeat(5000);
    String address = "a".repeat(5000) + "@b.org";
    AuthResult result =
        AuthResult.of("a".repeat(64), Verdict.PASS)
            .with("p".repeat(64), "n".repeat(64), quotes)
            .with("smtp", "helo", address);
    String field = AuthenticationResults.by("m".repeat(255)).with(result).field();
    assertThat(field.split("\r\n")).hasSize(4).allMatch(line -> line.length() <= 998);
    assertThat(field).contains("\\\"".repeat(400) + "\"").contains("=" + "a".repeat(400) + "\r\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a;b", "a\r\nb", "jörg", "a(b)"})
  void namesAreChecked(String name) {
    assertThatThrownBy(() -> AuthenticationResults.by(name))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> AuthResult.of(name, Verdict.PASS))
        .isInstanceOf(IllegalArgumentException.class);
    AuthResult result = AuthResult.of("spf", Verdict.PASS);
    assertThatThrownBy(() -> result.with(name, "x", "y"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> result.with("smtp", name, "y"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void keywordsAndIdsHaveALength() {
    assertThatThrownBy(() -> AuthResult.of("a".repeat(65), Verdict.PASS))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> AuthenticationResults.by("a".repeat(256)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
