package io.simplesmtp.internal.server;

import io.simplesmtp.auth.ChannelBindings;
import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.security.spec.PSSParameterSpec;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * The channel bindings of a TLS session: {@code tls-exporter} (RFC 9266) under TLS 1.3 where this
 * Java can export keys, which is from 25 on, and {@code tls-server-end-point} (RFC 5929) where the
 * certificate's signature has one hash function. {@code tls-unique} is not told by Java.
 *
 * <p>Computed when asked for. Immutable and safe for use by any thread.
 */
record TlsBindings(SSLSession session) implements ChannelBindings {

  private static final String EXPORTER = "tls-exporter";
  private static final String END_POINT = "tls-server-end-point";

  private static final String LABEL = "EXPORTER-Channel-Binding";
  private static final int OCTETS = 32;

  private static final @Nullable MethodHandle EXPORT = export();

  @Override
  public List<String> types() {
    return Stream.of(EXPORTER, END_POINT).filter(type -> data(type).isPresent()).toList();
  }

  @Override
  public Optional<byte[]> data(String type) {
    return switch (type) {
      case EXPORTER -> exported();
      case END_POINT -> endPoint();
      default -> Optional.empty();
    };
  }

  private Optional<byte[]> exported() {
    if (EXPORT == null
        || !session.getProtocol().equals("TLSv1.3")
        || !(session instanceof ExtendedSSLSession extended)) {
      return Optional.empty();
    }
    try {
      return Optional.of((byte[]) EXPORT.invokeExact(extended, LABEL, new byte[0], OCTETS));
    } catch (Throwable e) { // a provider that cannot, or a session that is no more
      return Optional.empty();
    }
  }

  private Optional<byte[]> endPoint() {
    Certificate[] chain = session.getLocalCertificates();
    if (chain == null || chain.length == 0 || !(chain[0] instanceof X509Certificate own)) {
      return Optional.empty();
    }
    return endPoint(own);
  }

  /** RFC 5929 section 4.1: hashed as the certificate's signature is, but not by MD5 or SHA-1. */
  static Optional<byte[]> endPoint(X509Certificate certificate) {
    try {
      Optional<String> hash = hash(certificate);
      return hash.isEmpty()
          ? Optional.empty()
          : Optional.of(MessageDigest.getInstance(hash.get()).digest(certificate.getEncoded()));
    } catch (GeneralSecurityException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> hash(X509Certificate certificate)
      throws GeneralSecurityException {
    String signature = certificate.getSigAlgName().toUpperCase(Locale.ROOT);
    int with = signature.indexOf("WITH");
    String hash;
    if (signature.equals("RSASSA-PSS")) {
      hash = pssHash(certificate).toUpperCase(Locale.ROOT).replace("-", "");
    } else if (with > 0) {
      hash = signature.substring(0, with);
    } else {
      return Optional.empty(); // Ed25519 and Ed448 hash on their own
    }
    return switch (hash) {
      case "MD5", "SHA1", "SHA256" -> Optional.of("SHA-256");
      case "SHA224" -> Optional.of("SHA-224");
      case "SHA384" -> Optional.of("SHA-384");
      case "SHA512" -> Optional.of("SHA-512");
      default -> Optional.empty();
    };
  }

  private static String pssHash(X509Certificate certificate) throws GeneralSecurityException {
    AlgorithmParameters parameters = AlgorithmParameters.getInstance("RSASSA-PSS");
    try {
      parameters.init(certificate.getSigAlgParams());
    } catch (IOException e) {
      throw new GeneralSecurityException(e);
    }
    return parameters.getParameterSpec(PSSParameterSpec.class).getDigestAlgorithm();
  }

  private static @Nullable MethodHandle export() {
    try {
      return MethodHandles.publicLookup()
          .findVirtual(
              ExtendedSSLSession.class,
              "exportKeyingMaterialData",
              MethodType.methodType(byte[].class, String.class, byte[].class, int.class));
    } catch (NoSuchMethodException | IllegalAccessException e) {
      return null;
    }
  }
}
