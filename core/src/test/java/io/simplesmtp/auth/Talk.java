package io.simplesmtp.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;

/** An exchange as its texts. */
final class Talk {

  private final SaslExchange exchange;

  Talk(SaslMechanism mechanism, SaslContext context) {
    assertThat(mechanism.isAvailable(context)).as("available").isTrue();
    this.exchange = mechanism.begin(context);
  }

  /** What the server says when the client sends no initial response. */
  String start() throws Exception {
    return text(exchange.start());
  }

  /** What it says to a response: a challenge, or {@code !} and how it ends. */
  String say(String response) throws Exception {
    return say(response.getBytes(StandardCharsets.UTF_8));
  }

  String say(byte[] response) throws Exception {
    return text(exchange.respond(response));
  }

  private static String text(SaslStep step) {
    return switch (step) {
      case SaslStep.Challenge challenge -> new String(challenge.octets(), StandardCharsets.UTF_8);
      case SaslStep.Success success ->
          "!" + success.identity().name() + " by " + success.identity().mechanism();
      case SaslStep.Failure failure -> "!failure";
      case SaslStep.Malformed malformed -> "!malformed";
    };
  }
}
