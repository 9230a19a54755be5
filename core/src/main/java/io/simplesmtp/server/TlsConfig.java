package io.simplesmtp.server;

import io.simplesmtp.internal.server.Credential;
import java.io.IOException;
import java.nio.file.Path;
import javax.net.ssl.SSLContext;

/**
 * Where a server's certificate and key come from.
 *
 * <pre>{@code
 * TlsConfig renewed = TlsConfig.fromPem(Path.of("fullchain.pem"), Path.of("privkey.pem"));
 * TlsConfig bundled = TlsConfig.fromPkcs12(Path.of("mx.p12"), password);
 * TlsConfig trial = TlsConfig.selfSigned("mx.example.org");
 * }</pre>
 *
 * <p>Files are read once, when the configuration is made. What is wrong with them is said in one
 * sentence that names the file: by an {@link IOException} if it cannot be read, by an {@link
 * IllegalArgumentException} if its content will not do. That a certificate is in date or trusted by
 * anybody is not checked. No client is asked for a certificate, and no look-up is ever made.
 *
 * <p>Immutable and safe for use by any thread.
 */
public final class TlsConfig {

  private final SSLContext context;

  private TlsConfig(SSLContext context) {
    this.context = context;
  }

  /** Uses a context for all but the protocols, which are TLS 1.3 and 1.2. */
  public static TlsConfig of(SSLContext context) {
    return new TlsConfig(context);
  }

  /**
   * Reads PEM files (RFC 7468), as certificate authorities and {@code openssl} write them. The key
   * is of RSA, of Ed25519 or Ed448, or on one of the curves P-256, P-384 and P-521.
   *
   * @param chain the server's certificate first, then each one's issuer; the root may be left out,
   *     and a certificate that stands there twice counts once
   * @param key the private key of the first certificate, not encrypted: PKCS#8 ({@code PRIVATE
   *     KEY}), PKCS#1 ({@code RSA PRIVATE KEY}) or SEC1 ({@code EC PRIVATE KEY}) with a named
   *     curve; it may be the same file as the chain
   * @throws IOException if a file cannot be read
   * @throws IllegalArgumentException if a file is no PEM, holds no certificate or not exactly one
   *     usable key, if the certificates are not a chain, or if the key is not the first one's
   */
  public static TlsConfig fromPem(Path chain, Path key) throws IOException {
    return new TlsConfig(Credential.fromPem(chain, key).context());
  }

  /**
   * Reads a PKCS#12 store (RFC 7292) with one private key and its certificates.
   *
   * @param store the store, usually named {@code .p12} or {@code .pfx}
   * @param password the password of the store and of the key in it; neither kept nor changed
   * @throws IOException if the file cannot be read
   * @throws IllegalArgumentException if the file is no PKCS#12 store, if the password is wrong, or
   *     if there is not exactly one private key with its certificate
   */
  public static TlsConfig fromPkcs12(Path store, char[] password) throws IOException {
    return new TlsConfig(Credential.fromPkcs12(store, password).context());
  }

  /**
   * Makes a key and a certificate that signs itself, valid for a year, in memory alone: for tests
   * and trials, as no client can know it beforehand.
   *
   * @param hostname the name that clients connect to, or an IP address with or without the brackets
   *     of an address literal
   * @throws IllegalArgumentException if the hostname is neither
   */
  public static TlsConfig selfSigned(String hostname) {
    return new TlsConfig(Credential.selfSigned(hostname).context());
  }

  /**
   * Makes what {@link #selfSigned} makes and keeps it as two new PEM files for {@link #fromPem},
   * the key readable by its owner alone where the file system knows owners.
   *
   * <p>Each file appears whole or not at all. Of several callers that name the same files, in this
   * process or others, one succeeds.
   *
   * @param hostname as for {@link #selfSigned}
   * @param certificate the file to create for the certificate, in a folder that exists
   * @param key the file to create for the private key, in a folder that exists
   * @throws java.nio.file.FileAlreadyExistsException if one of the files exists; both are left as
   *     they are
   * @throws IOException if a file cannot be written
   * @throws IllegalArgumentException if the hostname is neither a name nor an address, or if both
   *     files are the same
   */
  public static void writeSelfSigned(String hostname, Path certificate, Path key)
      throws IOException {
    Credential.selfSigned(hostname).writeNew(certificate, key);
  }

  /** The context for the next handshake. */
  public SSLContext context() {
    return context;
  }
}
