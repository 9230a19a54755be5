package io.simplesmtp.auth;

import java.util.Optional;

/**
 * EXTERNAL: the client is who its TLS certificate says (RFC 4422 appendix A). What it sends is only
 * whom it wants to act as.
 *
 * <pre>{@code
 * SmtpServer.builder().mechanisms("EXTERNAL", "PLAIN");
 * }</pre>
 *
 * <p>Available to clients that have shown a certificate. Immutable and safe for use by any thread.
 */
public record External() implements SaslMechanism {

  @Override
  public String name() {
    return "EXTERNAL";
  }

  @Override
  public boolean isAvailable(SaslContext context) {
    return context.certificates().isPresent() && !context.clientCertificates().isEmpty();
  }

  @Override
  public SaslExchange begin(SaslContext context) {
    return new Exchange(context, context.certificates().orElseThrow());
  }

  private record Exchange(SaslContext context, CertificateVerifier verifier)
      implements SaslExchange {

    @Override
    public SaslStep start() {
      return new SaslStep.Challenge(new byte[0]);
    }

    /** The authorization identity in UTF-8 without NUL, or nothing. */
    @Override
    public SaslStep respond(byte[] response) throws Exception {
      Optional<String> authorizationId = Utf8.decode(response, 0, response.length);
      if (authorizationId.isEmpty() || authorizationId.get().indexOf('\0') >= 0) {
        return new SaslStep.Malformed();
      }
      return Outcome.of(
          "EXTERNAL", verifier.verify(authorizationId.get(), context.clientCertificates()));
    }
  }
}
