package io.simplesmtp.server;

import java.util.List;
import java.util.OptionalLong;

/** How much clients may ask of the server, as far as a builder has been told. */
final class BoundsPlan {

  Limits limits = Limits.DEFAULT;
  OptionalLong maxMessageSize = OptionalLong.empty();
  Admission admission = Admission.DEFAULT;
  long memory = Runtime.getRuntime().maxMemory() / 2;
  Timeouts timeouts = Timeouts.DEFAULT;

  /** Adds what is wrong to the faults; returns the limits of listeners that have none. */
  Limits check(List<String> found) {
    if (memory < 1) {
      found.add("memory: is at least 1");
    }
    try {
      return maxMessageSize.isPresent()
          ? limits.withMessageSize(maxMessageSize.getAsLong())
          : limits;
    } catch (IllegalArgumentException e) {
      found.add("maxMessageSize: " + e.getMessage());
      return limits;
    }
  }
}
