package io.simplesmtp.app.load;

import java.io.IOException;

/** The server said no before there was a message. */
final class RefusedException extends IOException {

  private static final long serialVersionUID = 1L;

  /**
   * Makes one of a reply.
   *
   * @param step what was asked for
   */
  RefusedException(String step, String reply) {
    super(step + ": " + reply);
  }
}
