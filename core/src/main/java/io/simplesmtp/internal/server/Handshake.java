package io.simplesmtp.internal.server;

import io.simplesmtp.server.TlsConfig;
import io.simplesmtp.server.TlsInfo;
import java.io.IOException;
import java.net.Socket;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;

/** TLS over a connected socket, as a server. */
final class Handshake {

  private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

  private Handshake() {}

  /** Shakes hands; blocks until it is done. Closing the result closes the socket. */
  static SSLSocket shake(Socket plain, TlsConfig config) throws IOException {
    // The host serves as a key for client sessions only; given as text, nothing is looked up.
    SSLSocket socket =
        (SSLSocket)
            config
                .context()
                .getSocketFactory()
                .createSocket(
                    plain, plain.getInetAddress().getHostAddress(), plain.getPort(), true);
    socket.setUseClientMode(false);
    socket.setEnabledProtocols(PROTOCOLS);
    socket.startHandshake();
    // Renegotiation, which TLS 1.2 knows, is work that a client could ask for without bound.
    socket.setEnableSessionCreation(false);
    return socket;
  }

  static TlsInfo info(SSLSession session) {
    return new TlsInfo(
        session.getProtocol(), session.getCipherSuite(), serverName(session), peer(session));
  }

  private static Optional<String> serverName(SSLSession session) {
    if (session instanceof ExtendedSSLSession extended) {
      for (SNIServerName name : extended.getRequestedServerNames()) {
        if (name instanceof SNIHostName host) {
          return Optional.of(host.getAsciiName());
        }
      }
    }
    return Optional.empty();
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
