package io.simplesmtp.app;

import io.simplesmtp.Host;
import io.simplesmtp.server.ClientCertificates;
import io.simplesmtp.server.TlsConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.security.Provider;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whether there is TLS, and with which certificates. */
final class TlsFlags {

  @Option(
      names = "--tls-cert",
      paramLabel = "FILE",
      description =
          "The certificate and its chain, PEM. Default: one that signs itself, made once and kept"
              + " in ./.simplesmtp/.")
  @Nullable Path certificate;

  @Option(
      names = "--tls-key",
      paramLabel = "FILE",
      description = "The private key of the certificate, PEM, not encrypted.")
  @Nullable Path key;

  @Option(
      names = "--sni",
      paramLabel = "HOST=CERT,KEY",
      description =
          "Another certificate and key, PEM, for clients that ask for this name, or for one in"
              + " *.DOMAIN; repeatable.")
  List<NamedCertificate> named = new ArrayList<>();

  @Option(
      names = "--tls-client-ca",
      paramLabel = "FILE",
      description =
          "Ask clients for certificates, for which an authority of this PEM file must vouch; who"
              + " has none is served. With users, AUTH EXTERNAL is offered: the certificate's"
              + " common name or one of its e-mail addresses is the user.")
  @Nullable Path authorities;

  @Option(
      names = "--tls-provider",
      paramLabel = "JAR[#CLASS]",
      description =
          "Take TLS from the security provider in this jar, such as Conscrypt, instead of Java's;"
              + " with its class, where the jar declares none.")
  @Nullable String provider;

  @Option(names = "--no-tls", description = "Do without TLS: STARTTLS is not offered.")
  boolean isOff;

  /** The certificates to use, or empty for no TLS; makes and keeps one if there is none. */
  Optional<TlsConfig> config(Host hostname, KeptCertificate kept) {
    check();
    if (isOff) {
      return Optional.empty();
    }
    Optional<Provider> own = Optional.ofNullable(provider).map(TlsFlags::load);
    TlsConfig config =
        certificate == null || key == null
            ? kept.get(hostname)
            : read("--tls-cert, --tls-key", certificate, key);
    for (NamedCertificate one : named) {
      config = withName(config, one);
    }
    config = authorities == null ? config : withAuthorities(config, authorities);
    return Optional.of(own.isEmpty() ? config : withProvider(config, own.get()));
  }

  private void check() {
    if ((certificate == null) != (key == null)) {
      throw ProgramException.usage("--tls-cert and --tls-key are given together or not at all");
    }
    if (isOff && certificate != null) {
      throw ProgramException.usage("--no-tls does not go with --tls-cert and --tls-key");
    }
    if (isOff && !named.isEmpty()) {
      throw ProgramException.usage("--no-tls does not go with --sni");
    }
    if (isOff && provider != null) {
      throw ProgramException.usage("--no-tls does not go with --tls-provider");
    }
    if (isOff && authorities != null) {
      throw ProgramException.usage("--no-tls does not go with --tls-client-ca");
    }
  }

  private static TlsConfig withName(TlsConfig config, NamedCertificate one) {
    try {
      return config.withName(one.hostname(), read("--sni", one.certificate(), one.key()));
    } catch (IllegalArgumentException e) {
      throw ProgramException.usage("--sni: " + e.getMessage());
    }
  }

  private static Provider load(String jar) {
    try {
      return ProviderJar.load(jar);
    } catch (IllegalArgumentException e) {
      throw wrongProvider(e);
    }
  }

  private static TlsConfig withProvider(TlsConfig config, Provider own) {
    try {
      return config.withProvider(own);
    } catch (IllegalArgumentException e) {
      throw wrongProvider(e);
    }
  }

  private static ProgramException wrongProvider(IllegalArgumentException e) {
    return ProgramException.usage("--tls-provider: " + Plain.of(String.valueOf(e.getMessage())));
  }

  private static TlsConfig withAuthorities(TlsConfig config, Path file) {
    try {
      return config.withClientCertificates(ClientCertificates.WANTED, file);
    } catch (IOException | IllegalArgumentException e) {
      throw ProgramException.usage("--tls-client-ca: " + e.getMessage());
    }
  }

  private static TlsConfig read(String flags, Path certificate, Path key) {
    try {
      return TlsConfig.fromPem(certificate, key);
    } catch (IOException | IllegalArgumentException e) {
      throw ProgramException.usage(flags + ": " + e.getMessage());
    }
  }
}
