package io.simplesmtp.internal.server;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The blocks between BEGIN and END lines of a textual encoding (RFC 7468), with whatever text
 * around them.
 *
 * <p>Each fault is an {@link IllegalArgumentException} with one sentence that has the name which
 * the text was given. Immutable and safe for use by any thread.
 */
final class Pem {

  static final String CERTIFICATE = "CERTIFICATE";
  static final String PRIVATE_KEY = "PRIVATE KEY";

  /** The keys that a TLS server can have in Java, for the faults that name them. */
  static final String USABLE_KEYS = "of RSA, Ed25519, Ed448 or one of the curves P-256 to P-521";

  /** RFC 7468 section 5.1 wants the obsolete labels read, too. */
  private static final Set<String> CERTIFICATES =
      Set.of(CERTIFICATE, "X509 CERTIFICATE", "X.509 CERTIFICATE");

  private static final String EC_PARAMETERS = "EC PARAMETERS";
  private static final List<String> KEY_ALGORITHMS = List.of("RSA", "EC", "EdDSA", "RSASSA-PSS");

  private static final String BEGIN = "-----BEGIN ";
  private static final String DASHES = "-----";

  /** RFC 7468 section 3: a label is printable ASCII; none is as long as that. */
  private static final Pattern BEGIN_LINE = Pattern.compile(BEGIN + "([ -~]{0,64})" + DASHES);

  private static final String BYTE_ORDER_MARK = "\uFEFF";
  private static final int LINE = 64;

  private static final byte[] VERSION_0 = Der.element(Der.INTEGER, new byte[] {0});
  private static final byte[] RSA_ENCRYPTION =
      Der.sequence(Der.oid("1.2.840.113549.1.1.1"), new byte[] {5, 0});
  private static final byte[] EC_PUBLIC_KEY = Der.oid("1.2.840.10045.2.1");

  private final String name;
  private final List<Block> blocks;

  private Pem(String name, List<Block> blocks) {
    this.name = name;
    this.blocks = blocks;
  }

  /** One block; the Base64 is judged when it is asked for, as not every block is of interest. */
  private record Block(String label, boolean isEncrypted, String base64) {}

  /**
   * Reads a file.
   *
   * @throws IOException if it cannot be read
   */
  static Pem read(Path file) throws IOException {
    String text = new String(CertificateFiles.read(file), StandardCharsets.UTF_8);
    boolean marked = text.startsWith(BYTE_ORDER_MARK);
    return parse(file.toString(), marked ? text.substring(1) : text);
  }

  /** Finds the blocks of a text whose name is told in every fault. */
  static Pem parse(String name, String text) {
    List<Block> blocks = new ArrayList<>();
    Iterator<String> lines = text.lines().iterator();
    while (lines.hasNext()) {
      Matcher begin = BEGIN_LINE.matcher(lines.next().strip());
      if (begin.matches()) {
        blocks.add(block(name, begin.group(1), lines));
      }
    }
    if (blocks.isEmpty()) {
      throw new IllegalArgumentException(name + " is not a PEM file: it has no BEGIN line");
    }
    return new Pem(name, List.copyOf(blocks));
  }

  /** The encoding of one block, with its final line end. */
  static String encode(String label, byte[] der) {
    byte[] lineEnd = {'\n'};
    String base64 = Base64.getMimeEncoder(LINE, lineEnd).encodeToString(der);
    return BEGIN + label + DASHES + "\n" + base64 + "\n-----END " + label + DASHES + "\n";
  }

  /** All certificates in their order, at least one. */
  List<X509Certificate> certificates() {
    List<X509Certificate> certificates = new ArrayList<>();
    for (Block block : blocks) {
      if (CERTIFICATES.contains(block.label())) {
        certificates.add(certificate(block, certificates.size() + 1));
      }
    }
    if (certificates.isEmpty()) {
      throw new IllegalArgumentException("There is no certificate in " + name);
    }
    return List.copyOf(certificates);
  }

  /** The only private key. */
  PrivateKey privateKey() {
    List<Block> keys = blocks.stream().filter(b -> b.label().endsWith(PRIVATE_KEY)).toList();
    if (keys.size() != 1) {
      throw new IllegalArgumentException(
          keys.isEmpty()
              ? "There is no private key in " + name
              : "There is more than one private key in " + name);
    }
    Block key = keys.getFirst();
    if (key.isEncrypted()) {
      throw new IllegalArgumentException(
          "The private key in " + name + " is encrypted; decrypt it first, as openssl pkey does");
    }
    return switch (key.label()) {
      case PRIVATE_KEY -> decode(der(key));
      case "RSA PRIVATE KEY" -> decode(wrap(RSA_ENCRYPTION, der(key)));
      case "EC PRIVATE KEY" -> decode(wrapEc(der(key)));
      default ->
          throw new IllegalArgumentException(
              "The private key in "
                  + name
                  + " is an "
                  + key.label()
                  + "; convert it to PKCS#8 first, as openssl pkey does");
    };
  }

  private static Block block(String name, String label, Iterator<String> lines) {
    String end = "-----END " + label + DASHES;
    boolean encrypted = label.startsWith("ENCRYPTED ");
    StringBuilder base64 = new StringBuilder();
    while (lines.hasNext()) {
      String line = lines.next().strip();
      if (line.equals(end)) {
        return new Block(label, encrypted, base64.toString());
      }
      if (line.startsWith(DASHES)) {
        break;
      }
      if (line.indexOf(':') < 0) {
        base64.append(line);
      } else { // a header of RFC 1421, by which openssl marks keys that it encrypted the old way
        encrypted |= line.startsWith("Proc-Type:") && line.endsWith("ENCRYPTED");
      }
    }
    throw new IllegalArgumentException("A " + label + " in " + name + " has no END line");
  }

  private byte[] der(Block block) {
    try {
      return Base64.getDecoder().decode(block.base64().getBytes(StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("A " + block.label() + " in " + name + " is damaged", e);
    }
  }

  private X509Certificate certificate(Block block, int number) {
    try {
      var in = new ByteArrayInputStream(der(block));
      return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
    } catch (CertificateException e) {
      throw new IllegalArgumentException(
          "Certificate " + number + " in " + name + " is damaged", e);
    }
  }

  /** Wraps a key into PKCS#8 (RFC 5958 section 2), the one form that Java reads. */
  private static byte[] wrap(byte[] algorithm, byte[] key) {
    return Der.sequence(VERSION_0, algorithm, Der.element(Der.OCTET_STRING, key));
  }

  /** The curve stands in the key (RFC 5915 section 3), or, as openssl once did it, before it. */
  private byte[] wrapEc(byte[] key) {
    Optional<byte[]> curve;
    try {
      curve = Der.child(key, Der.CONTEXT);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("The private key in " + name + " is damaged", e);
    }
    byte[] parameters = curve.or(this::ecParameters).filter(p -> p.length > 0).orElse(new byte[1]);
    if (parameters[0] != Der.OBJECT_IDENTIFIER) {
      throw new IllegalArgumentException(
          "The private key in " + name + " does not name its elliptic curve");
    }
    return wrap(Der.sequence(EC_PUBLIC_KEY, parameters), key);
  }

  private Optional<byte[]> ecParameters() {
    return blocks.stream().filter(b -> b.label().equals(EC_PARAMETERS)).findFirst().map(this::der);
  }

  private PrivateKey decode(byte[] pkcs8) {
    var spec = new PKCS8EncodedKeySpec(pkcs8);
    Optional<InvalidKeySpecException> refusal = Optional.empty();
    for (String algorithm : KEY_ALGORITHMS) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(spec);
      } catch (InvalidKeySpecException e) { // of another algorithm, or damaged
        refusal = Optional.of(e);
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("This Java lacks " + algorithm, e);
      }
    }
    throw new IllegalArgumentException(
        "The private key in " + name + " is damaged, or not " + USABLE_KEYS, refusal.orElseThrow());
  }
}
