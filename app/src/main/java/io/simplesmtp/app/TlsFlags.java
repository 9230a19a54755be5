package io.simplesmtp.app;

import io.simplesmtp.Host;
import io.simplesmtp.server.TlsConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whether there is TLS, and with which certificate. */
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

  @Option(names = "--no-tls", description = "Do without TLS: STARTTLS is not offered.")
  boolean isOff;

  /** The certificate to use, or empty for no TLS; makes and keeps one if there is none. */
  Optional<TlsConfig> config(Host hostname, KeptCertificate kept) {
    if ((certificate == null) != (key == null)) {
      throw ProgramException.usage("--tls-cert and --tls-key are given together or not at all");
    }
    if (isOff && certificate != null) {
      throw ProgramException.usage("--no-tls does not go with --tls-cert and --tls-key");
    }
    if (isOff) {
      return Optional.empty();
    }
    return Optional.of(
        certificate == null || key == null ? kept.get(hostname) : read(certificate, key));
  }

  private static TlsConfig read(Path certificate, Path key) {
    try {
      return TlsConfig.fromPem(certificate, key);
    } catch (IOException | IllegalArgumentException e) {
      throw ProgramException.usage("--tls-cert, --tls-key: " + e.getMessage());
    }
  }
}
