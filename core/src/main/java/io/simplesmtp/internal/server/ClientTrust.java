package io.simplesmtp.internal.server;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.KeyStore;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javax.net.ssl.CertPathTrustManagerParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/**
 * The authorities that vouch for clients (RFC 5280 section 6). Revocation is not looked up. Equal
 * if the authorities are. Immutable and safe for use by any thread.
 */
public final class ClientTrust {

  private final Set<X509Certificate> authorities;
  private final TrustManager[] managers;

  private ClientTrust(Set<X509Certificate> authorities, PKIXBuilderParameters parameters) {
    this.authorities = authorities;
    this.managers = managers(parameters);
  }

  /** Reads all certificates of PEM files, now and again when they have changed. */
  static Renewable<ClientTrust> fromPem(List<Path> files) throws IOException {
    return Renewable.of(files, () -> read(files));
  }

  private static ClientTrust read(List<Path> files) throws IOException {
    Set<X509Certificate> authorities = new LinkedHashSet<>();
    for (Path file : files) {
      authorities.addAll(Pem.read(file).certificates());
    }
    Set<TrustAnchor> anchors = new LinkedHashSet<>();
    authorities.forEach(authority -> anchors.add(new TrustAnchor(authority, null)));
    try {
      return new ClientTrust(
          authorities, new PKIXBuilderParameters(anchors, new X509CertSelector()));
    } catch (InvalidAlgorithmParameterException e) {
      throw new IllegalArgumentException("There is no certificate in " + files, e);
    }
  }

  /**
   * Takes the trusted certificates of a store.
   *
   * @throws IllegalArgumentException if there is none
   */
  static ClientTrust of(KeyStore store) {
    try {
      var parameters = new PKIXBuilderParameters(store, new X509CertSelector());
      Set<X509Certificate> authorities = new LinkedHashSet<>();
      parameters.getTrustAnchors().forEach(anchor -> authorities.add(anchor.getTrustedCert()));
      return new ClientTrust(authorities, parameters);
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("The store holds no trusted certificate", e);
    }
  }

  TrustManager[] managers() {
    return managers.clone();
  }

  private static TrustManager[] managers(PKIXBuilderParameters parameters) {
    try {
      parameters.setRevocationEnabled(false);
      TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
      factory.init(new CertPathTrustManagerParameters(parameters));
      return factory.getTrustManagers();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This Java cannot judge certificates", e);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ClientTrust trust && trust.authorities.equals(authorities);
  }

  @Override
  public int hashCode() {
    return authorities.hashCode();
  }
}
