package io.simplesmtp.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScramCredentialTest {

  /** The keys of the example of RFC 7677 section 3, in the form of RFC 5803. */
  private static final String PENCIL =
      "SCRAM-SHA-256$4096:W22ZaJ0SNY7soEsUEjb6gQ==$WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY=:"
          + "wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU=";

  @Test
  void readsAndWritesTheFormOfRfc5803() {
    ScramCredential credential = ScramCredential.parse(PENCIL);
    assertThat(credential.text()).isEqualTo(PENCIL);
    assertThat(credential.hash()).isEqualTo(ScramHash.SHA_256);
    assertThat(credential.iterations()).isEqualTo(4096);
    assertThat(credential.matches("pencil")).isTrue();
    assertThat(credential.matches("pen\u00adcil")).isTrue();
    assertThat(credential.matches("Pencil")).isFalse();
    assertThat(credential.matches("")).isFalse();
    assertThat(credential.matches("\u0007")).isFalse();
  }

  @ParameterizedTest
  @EnumSource(ScramHash.class)
  void isMadeWithANewSalt(ScramHash hash) {
    ScramCredential first = ScramCredential.of(hash, "p", 5000);
    ScramCredential second = ScramCredential.of(hash, "p", 5000);
    assertThat(first).isNotEqualTo(second).isEqualTo(ScramCredential.parse(first.text()));
    assertThat(first.hashCode()).isEqualTo(ScramCredential.parse(first.text()).hashCode());
    assertThat(first.matches("p") && second.matches("p")).isTrue();
  }

  @Test
  void hidesItsSecrets() {
    assertThat(ScramCredential.parse(PENCIL)).hasToString("SCRAM-SHA-256$4096:***");
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 1, 4095, 1_000_001, Integer.MAX_VALUE})
  void boundsTheIterations(int iterations) {
    assertThatThrownBy(() -> ScramCredential.of(ScramHash.SHA_1, "p", iterations))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("iterations");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\u0007", "\ue000", "a\u0627", "\u0378"})
  void refusesPasswordsThatCannotBePrepared(String password) {
    assertThatThrownBy(() -> ScramCredential.of(ScramHash.SHA_1, password, 4096))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("SASLprep");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "pencil",
        "SCRAM-SHA-512$4096:W22ZaJ0SNY7soEsUEjb6gQ==$WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY=:"
            + "wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU=",
        "SCRAM-SHA-1$4096:W22ZaJ0SNY7soEsUEjb6gQ==$WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY=:"
            + "wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU=",
        "SCRAM-SHA-256$1024:W22ZaJ0SNY7soEsUEjb6gQ==$WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY=:"
            + "wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU=",
        "SCRAM-SHA-256$9999999:W22ZaJ0SNY7soEsUEjb6gQ==$WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4q"
            + "Y=:wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU=",
        "SCRAM-SHA-256$4096:W22ZaJ0S=NY7soEsUEjb6gQ==$WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY=:"
            + "wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU=",
        "SCRAM-SHA-256$4096:W22ZaJ0SNY7soEsUEjb6gQ==$WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY=:",
      })
  void refusesOtherTexts(String text) {
    assertThatThrownBy(() -> ScramCredential.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .message()
        .doesNotContain("W22Z", "WG5d");
  }

  @Test
  void refusesKeysAndSaltsOfOtherLengths() {
    byte[] key = new byte[20];
    assertThatThrownBy(() -> new ScramCredential(ScramHash.SHA_1, 4096, new byte[0], key, key))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new ScramCredential(ScramHash.SHA_1, 4096, new byte[65], key, key))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new ScramCredential(ScramHash.SHA_256, 4096, key, key, key))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
