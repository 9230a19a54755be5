package io.simplesmtp.server;

import io.simplesmtp.internal.server.Credential;
import io.simplesmtp.internal.server.ServerTls;
import java.io.IOException;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.Provider;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * Where a server's certificates and keys come from, whose certificates it accepts, and what it
 * agrees to.
 *
 * <pre>{@code
 * TlsConfig renewed = TlsConfig.fromPem(Path.of("fullchain.pem"), Path.of("privkey.pem"));
 * TlsConfig bundled = TlsConfig.fromPkcs12(Path.of("mx.p12"), password);
 * TlsConfig trial = TlsConfig.selfSigned("mx.example.org");
 * TlsConfig both = renewed.withName("*.example.net", bundled);
 * }</pre>
 *
 * <p>Files are read when the configuration is made. What is wrong with them is said in one sentence
 * that names the file: by an {@link IOException} if it cannot be read, by an {@link
 * IllegalArgumentException} if its content will not do. That a certificate is in date or trusted by
 * anybody is not checked, and no look-up is ever made.
 *
 * <p>Handshakes look at the files once a second at the most, and use a renewed one from then on.
 * One that will not do leaves the one before in use, and is logged once, as a warning that names
 * the file; {@link #reload} says the same to its caller.
 *
 * <p>Under the default, {@link TlsPolicy#MODERN}, a handshake is TLS 1.3 or 1.2. A client may
 * resume its session for an hour; certificates and policy are as they were, and with other
 * authorities of clients no old session is resumed. A client that names its protocol (ALPN, RFC
 * 7301) and it is not {@code smtp} or {@code esmtp} is let go.
 *
 * <p>Each {@code with} method makes another configuration; those that share files share what was
 * read of them. Safe for use by any thread.
 */
public final class TlsConfig {

  private final ServerTls server;

  private TlsConfig(ServerTls server) {
    this.server = server;
  }

  /**
   * Uses a context of one's own, which brings certificates, the choice among them, authorities of
   * clients, and the bounds of sessions. It is never read again. What is agreed to is still the
   * policy's, and whether clients are asked is said here. Its engines are used, not its sockets, so
   * an {@link javax.net.ssl.X509ExtendedKeyManager} in it must choose for an engine.
   */
  public static TlsConfig of(SSLContext context) {
    return new TlsConfig(ServerTls.of(context));
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
    return new TlsConfig(ServerTls.fromPem(chain, key));
  }

  /**
   * Reads a PKCS#12 store (RFC 7292) with one private key and its certificates.
   *
   * @param store the store, usually named {@code .p12} or {@code .pfx}
   * @param password the password of the store and of the key in it; a copy is kept for renewed
   *     files
   * @throws IOException if the file cannot be read
   * @throws IllegalArgumentException if the file is no PKCS#12 store, if the password is wrong, or
   *     if there is not exactly one private key with its certificate
   */
  public static TlsConfig fromPkcs12(Path store, char[] password) throws IOException {
    return new TlsConfig(ServerTls.fromPkcs12(store, password));
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
    return new TlsConfig(ServerTls.of(Credential.selfSigned(hostname)));
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

  /**
   * Shows the other's certificate, and its {@link #withAlternative alternatives}, to clients that
   * ask for this name (SNI, RFC 6066 section 3). Who asks for no name or for an unknown one gets
   * the default.
   *
   * @param hostname a domain, or {@code *.} and a domain for all names with one label more; the
   *     very name goes before the wildcard
   * @param other only its default certificates count
   * @throws IllegalArgumentException if the hostname is neither, if it has a certificate of the
   *     same kind of key already, or if either configuration uses an {@link SSLContext}
   */
  public TlsConfig withName(String hostname, TlsConfig other) {
    return new TlsConfig(server.with(Optional.of(hostname), other.server));
  }

  /**
   * Shows the other's certificate by default to clients that cannot use the kind of key of the
   * first, such as one of RSA beside one of an elliptic curve.
   *
   * @param other only its default certificates count
   * @throws IllegalArgumentException if both have keys of the same kind, or if either configuration
   *     uses an {@link SSLContext}
   */
  public TlsConfig withAlternative(TlsConfig other) {
    return new TlsConfig(server.with(Optional.empty(), other.server));
  }

  /**
   * Asks clients for certificates, which are in {@link TlsInfo#peerCertificates} then. They are
   * judged by RFC 5280; revocation is not looked up. A certificate of a server alone, by its
   * extended key usage, is none of a client.
   *
   * @param authorities PEM files of the certificates that vouch for clients, read again when they
   *     are renewed; none with {@link ClientCertificates#NONE}, and none if the configuration uses
   *     an {@link SSLContext}, which has its own
   * @throws IOException if a file cannot be read
   * @throws IllegalArgumentException if a file is no PEM or holds no certificate, or if there are
   *     authorities without need, or none in spite of it
   */
  public TlsConfig withClientCertificates(ClientCertificates mode, Path... authorities)
      throws IOException {
    return new TlsConfig(server.with(mode, List.of(authorities)));
  }

  /**
   * Asks clients for certificates that the trusted certificates of a store vouch for.
   *
   * @param authorities read now, and not kept
   * @throws IllegalArgumentException if the store has no trusted certificate, if nobody is asked,
   *     or if the configuration uses an {@link SSLContext}
   */
  public TlsConfig withClientCertificates(ClientCertificates mode, KeyStore authorities) {
    return new TlsConfig(server.with(mode, authorities));
  }

  /**
   * Agrees to what this policy says. Default: {@link TlsPolicy#MODERN}.
   *
   * @throws IllegalArgumentException if a {@linkplain #withProvider provider} does not keep to it
   */
  public TlsConfig withPolicy(TlsPolicy policy) {
    return new TlsConfig(server.with(policy));
  }

  /**
   * Takes TLS from a provider of one's own, such as Conscrypt, instead of this Java's.
   *
   * <p>It must keep to the protocols and cipher suites of the policy, and to its groups if they are
   * not those of {@link TlsPolicy#MODERN}; that is looked at here, and again when the policy
   * changes. What else a provider cannot be told is left to it: the order among cipher suites, the
   * groups of {@code MODERN}, signatures, what it makes of a client that names another protocol
   * (ALPN), and how sessions are kept. Bounds that this Java sets to the messages of a handshake
   * are its own as well, but for 128 KiB altogether.
   *
   * @param provider has {@code SSLContext.TLS}; it need not be installed
   * @throws IllegalArgumentException if the provider has no TLS or does not keep to the policy, or
   *     if the configuration uses an {@link SSLContext}, which has its own
   */
  public TlsConfig withProvider(Provider provider) {
    return new TlsConfig(server.with(provider));
  }

  /**
   * Reads all files now, for who has just renewed them. Blocks for the files alone; handshakes go
   * on meanwhile.
   *
   * @return what is wrong with files, one sentence each; the ones before stay in use. Empty if all
   *     is well, also if there are no files
   */
  public List<String> reload() {
    return server.reload();
  }

  ServerTls server() {
    return server;
  }
}
