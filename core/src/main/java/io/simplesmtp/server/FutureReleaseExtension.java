package io.simplesmtp.server;

import io.simplesmtp.Hold;
import io.simplesmtp.MailFrom;
import io.simplesmtp.Parameter;
import io.simplesmtp.Parameters;
import io.simplesmtp.Reply;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * FUTURERELEASE (RFC 4865), offered where the client has to say who it is.
 *
 * @param longest for how long a message may be held
 * @param clock tells the time
 */
record FutureReleaseExtension(Duration longest, InstantSource clock) implements Extension {

  private static final Reply BOTH =
      Reply.of(501, "5.5.4", "HOLDFOR and HOLDUNTIL exclude each other");

  FutureReleaseExtension {
    new Hold.For(longest);
  }

  @Override
  public String keyword() {
    return "FUTURERELEASE";
  }

  @Override
  public Optional<String> line(Session session) {
    return session.connection().listener().auth() == Auth.REQUIRED
        ? Optional.of(
            keyword() + " " + longest.toSeconds() + " " + latest().truncatedTo(ChronoUnit.SECONDS))
        : Optional.empty();
  }

  @Override
  public List<Parameter<?>> mailParameters() {
    return List.of(Parameter.HOLDFOR, Parameter.HOLDUNTIL);
  }

  @Override
  public Optional<Reply> refusal(Session session, MailFrom from) {
    Parameters parameters = from.parameters();
    if (parameters.has(Parameter.HOLDFOR) && parameters.has(Parameter.HOLDUNTIL)) {
      return Optional.of(BOTH);
    }
    Instant now = clock.instant();
    return Hold.of(parameters)
        .filter(hold -> hold.release(now).isAfter(now.plus(longest)))
        .map(
            hold -> Reply.of(501, "5.5.4", "Held for " + longest.toSeconds() + " seconds at most"));
  }

  private Instant latest() {
    return clock.instant().plus(longest);
  }
}
