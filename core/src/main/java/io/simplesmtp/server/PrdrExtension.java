package io.simplesmtp.server;

import io.simplesmtp.Parameter;
import java.util.List;
import java.util.Optional;

/** PRDR (draft-hall-prdr, as Exim speaks it), of which LMTP has no need. */
record PrdrExtension() implements Extension {

  @Override
  public String keyword() {
    return "PRDR";
  }

  @Override
  public Optional<String> line(Session session) {
    boolean isLmtp = session.connection().listener().protocol() == Protocol.LMTP;
    return isLmtp ? Optional.empty() : Optional.of(keyword());
  }

  @Override
  public List<Parameter<?>> mailParameters() {
    return List.of(Parameter.PRDR);
  }
}
