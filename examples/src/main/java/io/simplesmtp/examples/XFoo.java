package io.simplesmtp.examples;

import io.simplesmtp.MailFrom;
import io.simplesmtp.Parameter;
import io.simplesmtp.Reply;
import io.simplesmtp.server.Extension;
import io.simplesmtp.server.Session;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A service extension of one's own: XFOO, with a parameter of MAIL and a verb. */
record XFoo(int most) implements Extension {

  /** {@code XFOO=}: a number of foos, one if the client does not say how many. */
  static final Parameter<Integer> FOOS =
      Parameter.of("XFOO", value -> value.map(Integer::parseInt).orElse(1));

  @Override
  public String keyword() {
    return "XFOO";
  }

  @Override
  public Optional<String> line(Session session) {
    return Optional.of("XFOO " + most);
  }

  @Override
  public List<Parameter<?>> mailParameters() {
    return List.of(FOOS);
  }

  @Override
  public Optional<Reply> refusal(Session session, MailFrom from) {
    return from.parameters()
        .get(FOOS)
        .filter(foos -> foos < 1 || foos > most)
        .map(foos -> Reply.of(552, "5.3.4", "1 to " + most + " foos"));
  }

  @Override
  public Set<String> verbs() {
    return Set.of("XFOO");
  }

  @Override
  public Reply command(Session session, String verb, String argument) {
    return argument.isEmpty()
        ? Reply.ok("Up to " + most + " foos")
        : Reply.of(501, "5.5.4", "XFOO has no argument");
  }
}
