package io.simplesmtp.server;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;

/**
 * Which versions of TLS a server speaks, and with which algorithms, the best first: the server's
 * order counts, not the client's. Names are those of JSSE.
 *
 * <pre>{@code
 * TlsPolicy onlyNew = TlsPolicy.MODERN.withProtocols("TLSv1.3");
 * }</pre>
 *
 * <p>What the Java that runs it has disabled ({@code jdk.tls.disabledAlgorithms}) stays disabled.
 *
 * <p>Immutable and safe for use by any thread.
 *
 * @param protocols such as {@code TLSv1.3}
 * @param cipherSuites such as {@code TLS_AES_256_GCM_SHA384}
 * @param groups of the key exchange, such as {@code x25519}
 */
public record TlsPolicy(List<String> protocols, List<String> cipherSuites, List<String> groups) {

  private static final SSLParameters KNOWN = known();

  private static final List<String> AUTHENTICATED =
      List.of(
          "TLS_AES_256_GCM_SHA384",
          "TLS_AES_128_GCM_SHA256",
          "TLS_CHACHA20_POLY1305_SHA256",
          "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
          "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
          "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
          "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
          "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
          "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");

  private static final List<String> CBC =
      List.of(
          "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384",
          "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384",
          "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256",
          "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256",
          "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA",
          "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA",
          "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA",
          "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA");

  private static final List<String> CURVES =
      List.of("x25519", "secp256r1", "secp384r1", "x448", "secp521r1");

  /**
   * TLS 1.3 and 1.2, authenticated encryption and forward secrecy alone (RFC 9325 sections 3.1.1
   * and 4.2). The groups are elliptic curves: finite fields of the client's choice are work that a
   * server need not do.
   */
  public static final TlsPolicy MODERN =
      new TlsPolicy(
          List.of("TLSv1.3", "TLSv1.2"),
          present(AUTHENTICATED, KNOWN.getCipherSuites()),
          present(CURVES, knownGroups()));

  /**
   * {@link #MODERN}, and behind it the CBC suites of TLS 1.2 that have forward secrecy: for devices
   * and mail servers of about 2008 to 2016, which would otherwise send in clear where TLS is only
   * offered.
   */
  public static final TlsPolicy INTERMEDIATE =
      MODERN.withCipherSuites(
          Stream.concat(
                  MODERN.cipherSuites.stream(), present(CBC, KNOWN.getCipherSuites()).stream())
              .toArray(String[]::new));

  /**
   * Takes copies.
   *
   * @throws IllegalArgumentException if a list is empty, or holds a name that this Java does not
   *     know
   */
  public TlsPolicy {
    protocols = checked("protocol", protocols, KNOWN.getProtocols());
    cipherSuites = checked("cipher suite", cipherSuites, KNOWN.getCipherSuites());
    groups = checked("group", groups, knownGroups());
  }

  /** The same with these protocols. */
  public TlsPolicy withProtocols(String... values) {
    return new TlsPolicy(List.of(values), cipherSuites, groups);
  }

  /** The same with these cipher suites, the best first. */
  public TlsPolicy withCipherSuites(String... values) {
    return new TlsPolicy(protocols, List.of(values), groups);
  }

  /** The same with these groups, the best first. */
  public TlsPolicy withGroups(String... values) {
    return new TlsPolicy(protocols, cipherSuites, List.of(values));
  }

  private static List<String> checked(String kind, List<String> names, String[] known) {
    if (names.isEmpty()) {
      throw new IllegalArgumentException("There must be a " + kind);
    }
    Set<String> unknown = new HashSet<>(names);
    Arrays.asList(known).forEach(unknown::remove);
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException(
          "This Java knows no TLS " + kind + " named " + String.join(" or ", unknown));
    }
    return List.copyOf(names);
  }

  /** A Java for a government may lack some of what is common. */
  private static List<String> present(List<String> names, String[] known) {
    return names.stream().filter(Arrays.asList(known)::contains).toList();
  }

  /** A Java that does not tell its groups is trusted to have ours. */
  private static String[] knownGroups() {
    String[] told = KNOWN.getNamedGroups();
    return told == null ? CURVES.toArray(new String[0]) : told;
  }

  private static SSLParameters known() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[0], null);
      return context.getSupportedSSLParameters();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This Java has no TLS", e);
    }
  }
}
