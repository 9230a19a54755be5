package io.simplesmtp.internal.server;

import io.simplesmtp.server.TlsInfo;
import java.io.IOException;
import java.net.Socket;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;

/** TLS over a connected socket, as a server. */
final class Handshake {

  private Handshake() {}

  /** Shakes hands; blocks until it is done. Closing the result closes the socket. */
  static SSLSocket shake(Socket plain, ServerTls tls) throws IOException {
    SSLSocket socket = tls.over(plain);
    socket.startHandshake();
    // Renegotiation, which TLS 1.2 knows, is work that a client could ask for without bound.
    socket.setEnableSessionCreation(false);
    return socket;
  }

  /** What a handshake agreed on. */
  static TlsInfo info(SSLSocket socket) {
    SSLSession session = socket.getSession();
    return new TlsInfo(
        session.getProtocol(),
        session.getCipherSuite(),
        AskedName.of(socket),
        Optional.ofNullable(socket.getApplicationProtocol()).filter(name -> !name.isEmpty()),
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
