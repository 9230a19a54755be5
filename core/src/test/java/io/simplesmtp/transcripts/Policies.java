package io.simplesmtp.transcripts;

import io.simplesmtp.server.SmtpPolicy;
import io.simplesmtp.server.policy.AcceptedDomains;
import io.simplesmtp.server.policy.HeaderRules;
import io.simplesmtp.server.policy.MessageRate;
import io.simplesmtp.server.policy.NoForgedResults;
import io.simplesmtp.server.policy.NoOpenRelay;
import io.simplesmtp.server.policy.SenderMatchesLogin;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** The policies that a transcript's server has, from its {@code server: policy} lines. */
final class Policies {

  private Policies() {}

  /** Reads a policy: its name and, behind spaces, what it is made of. */
  static SmtpPolicy parse(String text) {
    List<String> words = List.of(text.split(" ", -1));
    String[] values = words.subList(1, words.size()).toArray(new String[0]);
    return switch (words.get(0)) {
      case "domains" -> AcceptedDomains.of(values);
      case "relay" -> relay(values);
      case "rate-of-clients" ->
          MessageRate.ofClients(Integer.parseInt(values[0]), Duration.parse(values[1]));
      case "rate-of-users" ->
          MessageRate.ofUsers(Integer.parseInt(values[0]), Duration.parse(values[1]));
      case "sender-is-login" ->
          new SenderMatchesLogin((user, sender) -> user.name().equals(sender.localPart()));
      case "loops" -> new HeaderRules(Integer.parseInt(values[0]), List.of(), List.of());
      case "submission" -> HeaderRules.SUBMISSION;
      case "results" -> new NoForgedResults(values[0]);
      default -> throw new IllegalArgumentException("No such policy: " + text);
    };
  }

  private static NoOpenRelay relay(String... values) {
    String[] networks = Arrays.copyOfRange(values, 1, values.length);
    return NoOpenRelay.of(values[0]).trusting(networks);
  }
}
