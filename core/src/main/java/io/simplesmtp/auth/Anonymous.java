package io.simplesmtp.auth;

import java.util.Optional;

/**
 * ANONYMOUS: the client comes in without a name and may leave a trace (RFC 4505).
 *
 * <pre>{@code
 * SmtpServer.builder().mechanisms("PLAIN", "ANONYMOUS");
 * }</pre>
 *
 * <p>A trace is an address or a word of at most 255 characters, without the characters that RFC
 * 4505 section 3 prohibits. Immutable and safe for use by any thread.
 */
public record Anonymous() implements SaslMechanism {

  private static final int MOST_CHARACTERS = 255;

  @Override
  public String name() {
    return "ANONYMOUS";
  }

  @Override
  public boolean isAvailable(SaslContext context) {
    return context.anonymous().isPresent();
  }

  @Override
  public SaslExchange begin(SaslContext context) {
    return new Exchange(context.anonymous().orElseThrow());
  }

  private record Exchange(AnonymousVerifier verifier) implements SaslExchange {

    @Override
    public SaslStep start() {
      return new SaslStep.Challenge(new byte[0]);
    }

    @Override
    public SaslStep respond(byte[] response) throws Exception {
      Optional<String> trace = Utf8.decode(response, 0, response.length);
      if (trace.isEmpty() || !isTrace(trace.get())) {
        return new SaslStep.Malformed();
      }
      return Outcome.of("ANONYMOUS", verifier.verify(trace.get()));
    }

    private static boolean isTrace(String text) {
      return text.codePointCount(0, text.length()) <= MOST_CHARACTERS
          && text.codePoints().noneMatch(SaslPrep::isProhibited);
    }
  }
}
