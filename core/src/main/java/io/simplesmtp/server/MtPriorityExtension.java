package io.simplesmtp.server;

import io.simplesmtp.Parameter;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * MT-PRIORITY (RFC 6710).
 *
 * @param policy the name of the server's priority assignment policy
 */
record MtPriorityExtension(Optional<String> policy) implements Extension {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9-]{1,40}");

  MtPriorityExtension {
    if (policy.isPresent() && !NAME.matcher(policy.get()).matches()) {
      throw new IllegalArgumentException("Not the name of a policy: " + policy.get());
    }
  }

  @Override
  public String keyword() {
    return "MT-PRIORITY";
  }

  @Override
  public Optional<String> line(Session session) {
    return Optional.of(policy.map(name -> keyword() + " " + name).orElse(keyword()));
  }

  @Override
  public List<Parameter<?>> mailParameters() {
    return List.of(Parameter.MT_PRIORITY);
  }
}
