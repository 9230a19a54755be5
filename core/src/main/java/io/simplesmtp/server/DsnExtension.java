package io.simplesmtp.server;

import io.simplesmtp.Parameter;
import java.util.List;

/** DSN (RFC 3461). */
record DsnExtension() implements Extension {

  @Override
  public String keyword() {
    return "DSN";
  }

  @Override
  public List<Parameter<?>> mailParameters() {
    return List.of(Parameter.RET, Parameter.ENVID);
  }

  @Override
  public List<Parameter<?>> rcptParameters() {
    return List.of(Parameter.NOTIFY, Parameter.ORCPT);
  }
}
