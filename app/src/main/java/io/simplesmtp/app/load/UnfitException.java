package io.simplesmtp.app.load;

import java.io.IOException;

/** The server cannot do what was asked for, and will not learn it by being asked again. */
public final class UnfitException extends IOException {

  private static final long serialVersionUID = 1L;

  UnfitException(String message) {
    super(message);
  }
}
