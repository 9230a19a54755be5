package io.simplesmtp.server;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Who answers the clients, as a builder collects it: policies, and the handler behind them. */
final class HandlerPlan {

  final List<SmtpPolicy> policies = new ArrayList<>();
  @Nullable Function<Session, SmtpHandler> handlers;

  /** A policy counts, and changes what passes, each time that it is asked: so it is there once. */
  void check(List<String> found) {
    if (new HashSet<>(policies).size() < policies.size()) {
      found.add("policies: one is given twice");
    }
    if (handlers == null) {
      found.add("handler: none was given");
    }
  }

  /** Gives each session its handler behind the policies. */
  static Function<Session, SmtpHandler> chain(
      List<SmtpPolicy> policies, Function<Session, SmtpHandler> handlers) {
    Function<Session, SmtpHandler> chain = handlers;
    for (SmtpPolicy policy : List.copyOf(policies).reversed()) {
      chain = chain.andThen(policy::before);
    }
    return chain;
  }
}
