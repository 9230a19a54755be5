package io.simplesmtp.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * No response whatever makes a mechanism throw or go on for ever, and those with passwords let
 * nobody in who has none. The tokens of this server are all good.
 */
class SaslFuzzTest {

  /** More than any exchange takes. */
  private static final int ROUNDS = 6;

  private static final Map<ScramHash, ScramCredential> CREDENTIALS =
      Arrays.stream(ScramHash.values())
          .collect(Collectors.toMap(h -> h, h -> KnownWords.credential(h, "nobody sends that")));

  @FuzzTest(maxDuration = "10m")
  void letsNobodyInWithoutASecret(FuzzedDataProvider data) throws Exception {
    Server context = new Server().bound();
    List<SaslMechanism> mechanisms =
        KnownWords.mechanisms().stream().filter(m -> m.isAvailable(context)).toList();
    SaslMechanism mechanism = data.pickValue(mechanisms);
    if (mechanism instanceof Scram scram) {
      context.with("user", Objects.requireNonNull(CREDENTIALS.get(scram.hash())));
    }
    Talk talk = new Talk(mechanism, context);
    String said = data.consumeBoolean() ? talk.start() : "";
    String heard = "";
    int rounds = 0;
    while (!said.startsWith("!")) {
      byte[] response = data.consumeBytes(data.consumeInt(0, 400));
      heard += new String(response, StandardCharsets.UTF_8) + "\n";
      said = talk.say(response);
      rounds++;
      assertThat(rounds).as(mechanism.name()).isLessThan(ROUNDS);
    }
    if (said.contains(" by ")) {
      assertThat(heard).as("%s: %s", mechanism, said).contains(secret(mechanism));
    }
  }

  /** What a client must have sent; there is none that would do for those with a proof. */
  private static String secret(SaslMechanism mechanism) {
    return switch (mechanism.name()) {
      case "PLAIN", "LOGIN" -> "secret";
      case "OAUTHBEARER", "XOAUTH2" -> "auth=Bearer ";
      case "ANONYMOUS" -> "";
      default -> "\0 no such thing";
    };
  }
}
