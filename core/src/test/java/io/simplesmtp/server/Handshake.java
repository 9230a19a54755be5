package io.simplesmtp.server;

import io.simplesmtp.internal.server.TlsChannel;
import io.simplesmtp.internal.wire.Buffers;
import io.simplesmtp.internal.wire.Memory;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/**
 * A real TLS handshake over the loopback with a client that checks the certificate and its name.
 */
public final class Handshake {

  private static final int TIMEOUT_MILLIS = 20_000;

  private Handshake() {}

  /** What the client got to see after one octet went from it to the server. */
  static SSLSession of(TlsConfig server, Path trusted, String hostname, String protocol)
      throws Exception {
    try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      listening.setSoTimeout(TIMEOUT_MILLIS);
      Future<Integer> received = threads.submit(() -> serve(server, listening));
      SSLSession session = connect(listening, trusting(trusted), hostname, protocol);
      if (received.get(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS) != 'x') {
        throw new IOException("The server received something else");
      }
      return session;
    }
  }

  private static int serve(TlsConfig config, ServerSocket listening) throws IOException {
    try (Socket raw = listening.accept();
        InputStream in = raw.getInputStream()) {
      raw.setSoTimeout(TIMEOUT_MILLIS);
      TlsChannel channel =
          new TlsChannel(
              config.server().engine(),
              in,
              raw.getOutputStream(),
              () -> false,
              new Buffers(new Memory(Long.MAX_VALUE)));
      channel.handshake();
      return channel.in().read();
    }
  }

  private static SSLSession connect(
      ServerSocket listening, SSLContext context, String hostname, String protocol)
      throws IOException {
    try (Socket raw = new Socket(listening.getInetAddress(), listening.getLocalPort());
        SSLSocket socket =
            (SSLSocket)
                context
                    .getSocketFactory()
                    .createSocket(raw, hostname, listening.getLocalPort(), true)) {
      socket.setSoTimeout(TIMEOUT_MILLIS);
      socket.setEnabledProtocols(new String[] {protocol});
      var parameters = socket.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      socket.setSSLParameters(parameters);
      socket.startHandshake();
      socket.getOutputStream().write('x');
      return socket.getSession();
    }
  }

  /** A context for clients that trust this certificate and no other. */
  public static SSLContext trusting(Path certificate) throws Exception {
    KeyStore roots = KeyStore.getInstance("PKCS12");
    roots.load(null, null);
    try (InputStream in = Files.newInputStream(certificate)) {
      roots.setCertificateEntry(
          "root", CertificateFactory.getInstance("X.509").generateCertificate(in));
    }
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(roots);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }
}
