package io.simplesmtp.server.policy;

import io.simplesmtp.Host;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads sets of hosts. */
final class Hosts {

  private Hosts() {}

  static Set<Host> parse(String... hosts) {
    return Arrays.stream(hosts).map(Host::parse).collect(Collectors.toUnmodifiableSet());
  }
}
