package io.simplesmtp.examples;

import io.simplesmtp.server.ClientCertificates;
import io.simplesmtp.server.TlsConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.security.Provider;

/** Certificates for several names, of clients, renewed ones, and TLS of a provider. */
final class Certificates {

  private Certificates() {}

  static TlsConfig twoDomains() throws IOException {
    return TlsConfig.fromPem(Path.of("org.pem"), Path.of("org.key"))
        .withName("*.example.net", TlsConfig.fromPem(Path.of("net.pem"), Path.of("net.key")));
  }

  static void hangUp(TlsConfig tls) {
    tls.reload().forEach(System.err::println);
  }

  static TlsConfig knownClients(TlsConfig tls) throws IOException {
    return tls.withClientCertificates(ClientCertificates.WANTED, Path.of("clients-ca.pem"));
  }

  static TlsConfig byProvider(TlsConfig tls, Provider provider) {
    return tls.withProvider(provider);
  }
}
