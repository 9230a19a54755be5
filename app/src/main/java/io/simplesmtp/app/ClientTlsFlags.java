package io.simplesmtp.app;

import io.simplesmtp.app.load.ClientTls;
import io.simplesmtp.app.load.TlsMode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whether a load goes under TLS, and whose certificates are good for it. */
final class ClientTlsFlags {

  @Option(
      names = "--starttls",
      description =
          "Begin TLS by STARTTLS. The server's certificate and its name are checked, and each"
              + " connection has a whole handshake.")
  boolean isStartTls;

  @Option(names = "--tls", description = "Begin with TLS, as submissions does; port 465.")
  boolean isImplicit;

  @Option(
      names = "--ca-file",
      paramLabel = "FILE",
      description =
          "Trust the certificates of this PEM file, and what they have signed, in the place of"
              + " those that Java trusts.")
  @Nullable Path authorities;

  @Option(
      names = "--tls-name",
      paramLabel = "NAME",
      description = "The name that the certificate must have. Default: the host.")
  @Nullable String name;

  @Option(names = "--insecure", description = "Take any certificate.")
  boolean isInsecure;

  /** When TLS begins, if all flags go together. */
  TlsMode mode(LoadTarget target) {
    if (isStartTls && isImplicit) {
      throw ProgramException.usage("--tls begins with TLS: it does not go with --starttls");
    }
    TlsMode mode = isImplicit ? TlsMode.IMPLICIT : isStartTls ? TlsMode.STARTTLS : TlsMode.NONE;
    if (mode == TlsMode.NONE && (authorities != null || name != null || isInsecure)) {
      throw ProgramException.usage(
          "--ca-file, --tls-name and --insecure are of no use without --starttls or --tls");
    }
    if (mode != TlsMode.NONE && target.socket().isPresent()) {
      throw ProgramException.usage("--starttls and --tls do not go with unix:PATH");
    }
    if (isInsecure && (authorities != null || name != null)) {
      throw ProgramException.usage("--insecure does not go with --ca-file or --tls-name");
    }
    return mode;
  }

  /** What is asked of the server's certificate, or empty without TLS. */
  Optional<ClientTls> config(String host) {
    if (!isStartTls && !isImplicit) {
      return Optional.empty();
    }
    String expected = name == null ? host : name;
    if (isInsecure) {
      return Optional.of(ClientTls.unchecked(expected));
    }
    try {
      return Optional.of(
          authorities == null
              ? ClientTls.checked(expected)
              : ClientTls.checked(expected, authorities));
    } catch (IOException e) {
      throw ProgramException.usage("--ca-file: cannot be read: " + IoReason.of(e));
    } catch (IllegalArgumentException e) {
      throw ProgramException.usage("--ca-file: " + e.getMessage());
    }
  }
}
