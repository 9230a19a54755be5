package io.simplesmtp.internal.server;

import io.simplesmtp.server.TlsInfo;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/** What a TLS handshake that is done has agreed on. */
final class Handshake {

  private Handshake() {}

  static TlsInfo info(SSLEngine engine) {
    SSLSession session = engine.getSession();
    return new TlsInfo(
        session.getProtocol(),
        session.getCipherSuite(),
        AskedName.of(engine),
        Optional.ofNullable(engine.getApplicationProtocol()).filter(name -> !name.isEmpty()),
        peer(session));
  }

  private static List<X509Certificate> peer(SSLSession session) {
    List<X509Certificate> certificates = new ArrayList<>();
    try {
      for (Certificate certificate : session.getPeerCertificates()) {
        if (certificate instanceof X509Certificate x509) {
          certificates.add(x509);
        }
      }
    } catch (SSLPeerUnverifiedException e) {
      return List.of(); // the client sent none, as most do
    }
    return certificates;
  }
}
