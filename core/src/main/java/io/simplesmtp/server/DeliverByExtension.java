package io.simplesmtp.server;

import io.simplesmtp.DeliverBy;
import io.simplesmtp.MailFrom;
import io.simplesmtp.Parameter;
import io.simplesmtp.Reply;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * DELIVERBY (RFC 2852).
 *
 * @param least the shortest time after which a message may have to be returned
 */
record DeliverByExtension(Optional<Duration> least) implements Extension {

  DeliverByExtension {
    least.ifPresent(time -> new DeliverBy(time, DeliverBy.Mode.RETURN, false));
  }

  @Override
  public String keyword() {
    return "DELIVERBY";
  }

  @Override
  public Optional<String> line(Session session) {
    return Optional.of(least.map(time -> keyword() + " " + time.toSeconds()).orElse(keyword()));
  }

  @Override
  public List<Parameter<?>> mailParameters() {
    return List.of(Parameter.BY);
  }

  @Override
  public Optional<Reply> refusal(Session session, MailFrom from) {
    return from.parameters()
        .get(Parameter.BY)
        .filter(by -> by.mode() == DeliverBy.Mode.RETURN)
        .flatMap(by -> least.filter(time -> by.time().compareTo(time) < 0))
        .map(time ->
            Reply.of(555, "5.5.4", "Returned after " + time.toSeconds() + " seconds at least"));
  }
}
