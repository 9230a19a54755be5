package io.simplesmtp.internal.server;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.UnrecoverableKeyException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/**
 * A private key with the certificates that vouch for it: what a TLS server proves its name by.
 *
 * <p>The key belongs to the first certificate, and each certificate is issued by the next. Not a
 * record, so that nothing prints the key. Immutable and safe for use by any thread.
 */
public final class Credential {

  private static final String PKCS12 = "PKCS12";
  private static final int NONCE = 32;

  private final PrivateKey key;
  private final List<X509Certificate> chain;

  Credential(PrivateKey key, List<X509Certificate> chain) {
    this.key = key;
    this.chain = chain;
  }

  /**
   * Reads a chain and a key from PEM files, which may be one file.
   *
   * @throws IOException if a file cannot be read
   * @throws IllegalArgumentException if the content of a file will not do
   */
  public static Credential fromPem(Path chain, Path key) throws IOException {
    // Who appends the chain to the certificate often has the latter twice.
    List<X509Certificate> certificates =
        Pem.read(chain).certificates().stream().distinct().toList();
    checkChain(chain, certificates);
    PrivateKey privateKey = Pem.read(key).privateKey();
    checkKey(privateKey, key, certificates, chain);
    return new Credential(privateKey, certificates);
  }

  /**
   * Reads the only private key of a PKCS#12 store, and its chain.
   *
   * @throws IOException if the file cannot be read
   * @throws IllegalArgumentException if the content will not do, or the password is wrong
   */
  public static Credential fromPkcs12(Path store, char[] password) throws IOException {
    KeyStore entries = load(store, CertificateFiles.read(store), password);
    List<Credential> found = new ArrayList<>();
    try {
      for (String alias : Collections.list(entries.aliases())) {
        if (entries.isKeyEntry(alias)
            && entries.getKey(alias, password) instanceof PrivateKey key) {
          found.add(new Credential(key, chain(entries, alias)));
        }
      }
    } catch (UnrecoverableKeyException e) {
      throw new IllegalArgumentException("The password of the key in " + store + " is wrong", e);
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("The private key in " + store + " cannot be read", e);
    }
    if (found.size() != 1) {
      throw new IllegalArgumentException(
          found.isEmpty()
              ? "There is no private key in " + store
              : "There is more than one private key in " + store);
    }
    Credential only = found.getFirst();
    if (only.chain.isEmpty()) {
      throw new IllegalArgumentException("There is no certificate of the key in " + store);
    }
    checkKey(only.key, store, only.chain, store);
    return only;
  }

  /**
   * Makes a key and a certificate that signs itself.
   *
   * @throws IllegalArgumentException if the hostname is neither a domain name nor an IP address
   */
  public static Credential selfSigned(String hostname) {
    return SelfSigned.create(hostname, Instant.now());
  }

  /**
   * Writes the first certificate and the key to two new PEM files.
   *
   * @throws java.nio.file.FileAlreadyExistsException if one of the files exists
   * @throws IOException if a file cannot be written
   * @throws IllegalArgumentException if both files are the same
   */
  public void writeNew(Path certificate, Path privateKey) throws IOException {
    try {
      String certificatePem = Pem.encode(Pem.CERTIFICATE, chain.getFirst().getEncoded());
      String keyPem = Pem.encode(Pem.PRIVATE_KEY, key.getEncoded());
      CertificateFiles.createPair(certificate, certificatePem, privateKey, keyPem);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This Java cannot encode a certificate", e);
    }
  }

  /** The server's certificate first. */
  List<X509Certificate> chain() {
    return chain;
  }

  PrivateKey key() {
    return key;
  }

  /** What handshakes call the kind of key, such as {@code EC}. */
  String keyType() {
    return chain.getFirst().getPublicKey().getAlgorithm();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Credential credential
        && credential.chain.equals(chain)
        && credential.key.equals(key);
  }

  @Override
  public int hashCode() {
    return chain.hashCode();
  }

  private static KeyStore load(Path store, byte[] content, char[] password) {
    try {
      KeyStore entries = KeyStore.getInstance(PKCS12);
      entries.load(new ByteArrayInputStream(content), password);
      return entries;
    } catch (IOException e) {
      throw new IllegalArgumentException(
          e.getCause() instanceof UnrecoverableKeyException
              ? "The password of " + store + " is wrong"
              : store + " is not a PKCS#12 store",
          e);
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException(store + " cannot be read by this Java", e);
    }
  }

  /** The chain of a key, empty if the store has none for it. */
  private static List<X509Certificate> chain(KeyStore entries, String alias)
      throws KeyStoreException {
    Certificate[] chain = entries.getCertificateChain(alias);
    return chain == null ? List.of() : Stream.of(chain).map(X509Certificate.class::cast).toList();
  }

  /** RFC 5246 section 7.4.2: each certificate directly certifies the one before it. */
  private static void checkChain(Path file, List<X509Certificate> chain) {
    for (int i = 1; i < chain.size(); i++) {
      var issuer = chain.get(i - 1).getIssuerX500Principal();
      if (!issuer.equals(chain.get(i).getSubjectX500Principal())) {
        throw new IllegalArgumentException(
            "The certificates in %s are not a chain: number %d is not issued by number %d"
                .formatted(file, i, i + 1));
      }
    }
  }

  private static void checkKey(
      PrivateKey key, Path keyFile, List<X509Certificate> chain, Path chainFile) {
    PublicKey publicKey = chain.getFirst().getPublicKey();
    byte[] nonce = new byte[NONCE];
    new SecureRandom().nextBytes(nonce);
    boolean isPair =
        key instanceof RSAKey ours
            ? publicKey instanceof RSAKey theirs && ours.getModulus().equals(theirs.getModulus())
            : isSignedBy(publicKey, nonce, sign(key, keyFile, nonce));
    // A key of RSASSA-PSS may have the modulus of one of RSA, but does not serve for it.
    if (!isPair || !publicKey.getAlgorithm().equals(key.getAlgorithm())) {
      throw new IllegalArgumentException(
          "The private key in %s does not belong to the first certificate in %s"
              .formatted(keyFile, chainFile));
    }
  }

  private static byte[] sign(PrivateKey key, Path keyFile, byte[] nonce) {
    try {
      Signature signer = Signature.getInstance(signatureAlgorithm(key));
      signer.initSign(key);
      signer.update(nonce);
      return signer.sign();
    } catch (GeneralSecurityException e) { // such as a curve that Java reads but never signs with
      throw new IllegalArgumentException(
          "The private key in " + keyFile + " is not " + Pem.USABLE_KEYS, e);
    }
  }

  private static boolean isSignedBy(PublicKey key, byte[] nonce, byte[] signature) {
    try {
      Signature verifier = Signature.getInstance(signatureAlgorithm(key));
      verifier.initVerify(key);
      verifier.update(nonce);
      return verifier.verify(signature);
    } catch (GeneralSecurityException e) { // a signature of another algorithm or curve
      return false;
    }
  }

  private static String signatureAlgorithm(Key key) {
    return key.getAlgorithm().equals("EC") ? "SHA256withECDSA" : key.getAlgorithm();
  }
}
