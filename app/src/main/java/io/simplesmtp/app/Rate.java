package io.simplesmtp.app;

import io.simplesmtp.server.SmtpPolicy;
import io.simplesmtp.server.policy.MessageRate;
import java.time.Duration;
import java.util.List;

/**
 * How many messages may come in a time.
 *
 * @param messages 1 to {@link #MOST}
 * @param per a millisecond to a year
 */
record Rate(int messages, Duration per) {

  static final int MOST = 1_000_000;

  /** One for users that have authenticated, and one for all other clients. */
  List<SmtpPolicy> policies() {
    return List.of(MessageRate.ofClients(messages, per), MessageRate.ofUsers(messages, per));
  }
}
