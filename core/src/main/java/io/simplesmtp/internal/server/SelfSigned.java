package io.simplesmtp.internal.server;

import io.simplesmtp.AddressLiteral;
import io.simplesmtp.Domain;
import io.simplesmtp.Host;
import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Certificates that sign themselves (RFC 5280), each with a new key on the curve P-256. They name a
 * server and cannot sign another certificate, so that trusting one trusts nobody else.
 */
final class SelfSigned {

  private static final Duration VALIDITY = Duration.ofDays(365);

  /** For clients whose clock is behind. */
  private static final Duration HEAD_START = Duration.ofHours(1);

  private static final Pattern NUMERIC = Pattern.compile("[0-9.]+");

  /** RFC 5280 appendix A.1, {@code ub-common-name}. */
  private static final int MAX_COMMON_NAME = 64;

  /** RFC 5280 section 4.1.2.5: the short form of a year is for those before. */
  private static final int FIRST_LONG_YEAR = 2050;

  private static final int SERIAL_BITS = 127;
  private static final byte[] TRUE = {1, 1, (byte) 0xff};
  private static final byte[] DIGITAL_SIGNATURE = {Der.BIT_STRING, 2, 7, (byte) 0x80};
  private static final int DNS_NAME = 0x82;
  private static final int IP_ADDRESS = 0x87;
  private static final byte[] ECDSA_WITH_SHA256 = Der.sequence(Der.oid("1.2.840.10045.4.3.2"));

  private SelfSigned() {}

  /**
   * Makes a key and its certificate, valid for a year.
   *
   * @throws IllegalArgumentException if the hostname is neither a domain name nor an IP address
   */
  static Credential create(String hostname, Instant now) {
    Host host = host(hostname);
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      KeyPair pair = generator.generateKeyPair();
      byte[] content = content(host, pair.getPublic().getEncoded(), now);
      Signature signer = Signature.getInstance("SHA256withECDSA");
      signer.initSign(pair.getPrivate());
      signer.update(content);
      byte[] der = Der.sequence(content, ECDSA_WITH_SHA256, Der.bitString(signer.sign()));
      var in = new ByteArrayInputStream(der);
      var certificate =
          (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
      return new Credential(pair.getPrivate(), List.of(certificate));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This Java cannot make a certificate", e);
    }
  }

  /** Addresses are taken without brackets too, as a name never consists of numbers alone. */
  private static Host host(String hostname) {
    if (hostname.startsWith("[")) {
      return AddressLiteral.parse(hostname);
    }
    if (hostname.indexOf(':') >= 0) {
      return new AddressLiteral("IPv6:" + hostname);
    }
    return NUMERIC.matcher(hostname).matches()
        ? new AddressLiteral(hostname)
        : new Domain(hostname);
  }

  /** {@code TBSCertificate}, RFC 5280 section 4.1. */
  private static byte[] content(Host host, byte[] publicKey, Instant now) {
    BigInteger serial = new BigInteger(SERIAL_BITS - 1, new SecureRandom()).setBit(SERIAL_BITS - 1);
    byte[] name = name(host);
    Instant from = now.minus(HEAD_START);
    return Der.sequence(
        Der.element(Der.CONTEXT, Der.element(Der.INTEGER, new byte[] {2})),
        Der.element(Der.INTEGER, serial.toByteArray()),
        ECDSA_WITH_SHA256,
        name,
        Der.sequence(time(from), time(now.plus(VALIDITY))),
        name,
        publicKey,
        Der.element(Der.CONTEXT + 3, extensions(host)));
  }

  private static byte[] extensions(Host host) {
    return Der.sequence(
        extension("2.5.29.19", TRUE, Der.sequence()),
        extension("2.5.29.15", TRUE, DIGITAL_SIGNATURE),
        extension("2.5.29.37", new byte[0], Der.sequence(Der.oid("1.3.6.1.5.5.7.3.1"))),
        extension("2.5.29.17", new byte[0], Der.sequence(alternativeName(host))));
  }

  private static byte[] extension(String oid, byte[] critical, byte[] value) {
    return Der.sequence(Der.oid(oid), critical, Der.element(Der.OCTET_STRING, value));
  }

  private static byte[] alternativeName(Host host) {
    return switch (host) {
      case Domain domain -> Der.element(DNS_NAME, ascii(domain.toAscii()));
      case AddressLiteral literal ->
          Der.element(
              IP_ADDRESS,
              literal
                  .address()
                  .orElseThrow(() -> new IllegalArgumentException(literal + " is no IP address"))
                  .getAddress());
    };
  }

  /** A common name alone; clients go by the alternative name, this one is for people. */
  private static byte[] name(Host host) {
    String text = host instanceof Domain domain ? domain.toAscii() : host.toString();
    byte[] value = ascii(text.length() <= MAX_COMMON_NAME ? text : "simplesmtp");
    byte[] commonName = Der.sequence(Der.oid("2.5.4.3"), Der.element(Der.UTF8_STRING, value));
    return Der.sequence(Der.element(Der.SET, commonName));
  }

  private static byte[] time(Instant instant) {
    ZonedDateTime time = instant.atZone(ZoneOffset.UTC);
    boolean isShort = time.getYear() < FIRST_LONG_YEAR;
    String pattern = isShort ? "yyMMddHHmmss'Z'" : "yyyyMMddHHmmss'Z'";
    String text = DateTimeFormatter.ofPattern(pattern, Locale.ROOT).format(time);
    return Der.element(isShort ? Der.UTC_TIME : Der.GENERALIZED_TIME, ascii(text));
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
