package io.simplesmtp.internal.server;

import io.simplesmtp.server.TlsPolicy;
import java.security.Provider;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;

/**
 * Whether the TLS of a provider of one's own agrees to what a policy says, and to nothing else.
 *
 * <p>Not all of JSSE is known to all providers, and what they do not know they may ignore without a
 * word. So it is read back.
 */
final class ProvidedTls {

  private ProvidedTls() {}

  /**
   * Judges an engine that has its settings.
   *
   * @throws IllegalArgumentException if it does not have them
   */
  static void check(Provider provider, Supplier<SSLEngine> settled, TlsPolicy policy) {
    SSLEngine engine;
    try {
      engine = settled.get();
    } catch (RuntimeException | LinkageError e) {
      throw unfit(provider, e);
    }
    compare(provider, "protocols", policy.protocols(), engine.getEnabledProtocols());
    compare(provider, "cipher suites", policy.cipherSuites(), engine.getEnabledCipherSuites());
    String[] groups = engine.getSSLParameters().getNamedGroups();
    // Those that a provider has by default are sound; others were asked for, by somebody who knows.
    if (!policy.groups().equals(TlsPolicy.MODERN.groups())) {
      compare(provider, "groups", policy.groups(), groups == null ? new String[0] : groups);
    }
  }

  /** Said of a provider that cannot do it. */
  static IllegalArgumentException unfit(Provider provider, Throwable cause) {
    return new IllegalArgumentException(
        "The provider " + provider.getName() + " cannot make TLS as it is asked for: " + cause,
        cause);
  }

  private static void compare(
      Provider provider, String kind, List<String> asked, String[] enabled) {
    Set<String> kept = new HashSet<>(Arrays.asList(enabled));
    if (!kept.equals(Set.copyOf(asked))) {
      throw new IllegalArgumentException(
          "The provider "
              + provider.getName()
              + " does not keep to the policy's "
              + kind
              + ": "
              + (kept.isEmpty() ? "it cannot be told any" : "it has " + kept));
    }
  }
}
