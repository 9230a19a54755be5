package io.simplesmtp.auth;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * One run of OAUTHBEARER or XOAUTH2: a message with a token, and if that is not good a challenge
 * that says what would be, behind whose answer the exchange fails.
 */
final class OAuthExchange implements SaslExchange {

  /**
   * What a client asks for.
   *
   * @param user whom the token is for; may be empty
   * @param authorization such as {@code Bearer TOKEN}
   */
  record Request(String user, String authorization) {}

  /** What the two mechanisms do otherwise than each other. */
  interface Form {
    /** Its name. */
    String mechanism();

    /** Reads the client's message; empty if it is malformed. */
    Optional<Request> parse(String message);

    /** The challenge after a token that is not good. */
    String refusal(TokenVerifier verifier);
  }

  private final Form form;
  private final TokenVerifier verifier;
  private boolean hasFailed;

  OAuthExchange(Form form, TokenVerifier verifier) {
    this.form = form;
    this.verifier = verifier;
  }

  @Override
  public SaslStep start() {
    return new SaslStep.Challenge(new byte[0]);
  }

  @Override
  public SaslStep respond(byte[] response) throws Exception {
    if (hasFailed) {
      return new SaslStep.Failure(); // whatever the client says to it
    }
    Optional<Request> request = Utf8.decode(response, 0, response.length).flatMap(form::parse);
    if (request.isEmpty()) {
      return new SaslStep.Malformed();
    }
    Optional<String> token = OAuthMessage.token(request.get().authorization());
    Optional<String> name =
        token.isPresent() ? verifier.verify(request.get().user(), token.get()) : Optional.empty();
    if (name.isPresent()) {
      return Outcome.of(form.mechanism(), name);
    }
    hasFailed = true;
    return new SaslStep.Challenge(form.refusal(verifier).getBytes(StandardCharsets.US_ASCII));
  }
}
