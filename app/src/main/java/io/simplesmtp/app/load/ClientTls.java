package io.simplesmtp.app.load;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** TLS as a client speaks it: whose certificates are good, and which name they must have. */
public final class ClientTls {

  private final TrustManager[] trust;
  private final boolean isNameChecked;
  private final String name;

  private ClientTls(TrustManager[] trust, boolean isNameChecked, String name) {
    this.trust = trust;
    this.isNameChecked = isNameChecked;
    this.name = name;
  }

  /** Trusts the authorities that Java trusts, for a server of this name or address. */
  public static ClientTls checked(String name) {
    return new ClientTls(managers(null), true, name);
  }

  /**
   * Trusts the certificates of a PEM file, and what they have signed.
   *
   * @throws IOException if the file cannot be read
   * @throws IllegalArgumentException if there is no certificate in it
   */
  public static ClientTls checked(String name, Path authorities) throws IOException {
    try (InputStream in = Files.newInputStream(authorities)) {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      int count = 0;
      for (Certificate one : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        store.setCertificateEntry("authority-" + count++, one);
      }
      if (count == 0) {
        throw new IllegalArgumentException(authorities + " has no certificate");
      }
      return new ClientTls(managers(store), true, name);
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException(authorities + " is no PEM file of certificates", e);
    }
  }

  /** Takes any certificate. */
  public static ClientTls unchecked(String name) {
    return new ClientTls(new TrustManager[] {new TrustAll()}, false, name);
  }

  /**
   * Shakes hands with the server at the other end. Each time with a context of its own, so that no
   * session is resumed: every connection costs the server a whole handshake.
   */
  Link handshake(SocketChannel channel) throws IOException {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust, null);
      int port = channel.socket().getPort();
      SSLSocket socket =
          (SSLSocket) context.getSocketFactory().createSocket(channel.socket(), name, port, true);
      if (isNameChecked) {
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
      }
      socket.startHandshake();
      return new TlsLink(channel, socket);
    } catch (GeneralSecurityException e) {
      throw new IOException("TLS cannot be had: " + e.getMessage(), e);
    }
  }

  /** Whether a handshake failed because the certificate is not good, or not for that name. */
  static boolean isDistrust(SSLException fault) {
    return fault.getCause() instanceof CertificateException
        || (fault.getCause() != null
            && fault.getCause().getCause() instanceof CertificateException);
  }

  private static TrustManager[] managers(@Nullable KeyStore authorities) {
    try {
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(authorities);
      return factory.getTrustManagers();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java has trust managers", e);
    }
  }
}
