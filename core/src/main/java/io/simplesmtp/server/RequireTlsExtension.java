package io.simplesmtp.server;

import io.simplesmtp.Parameter;
import java.util.List;
import java.util.Set;

/** REQUIRETLS (RFC 8689), which section 2 offers under TLS alone. */
record RequireTlsExtension() implements Extension {

  @Override
  public String keyword() {
    return "REQUIRETLS";
  }

  @Override
  public Set<Need> needs() {
    return Set.of(Need.TLS);
  }

  @Override
  public List<Parameter<?>> mailParameters() {
    return List.of(Parameter.REQUIRETLS);
  }
}
