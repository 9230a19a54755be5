package io.simplesmtp.server;

import java.util.ArrayList;
import java.util.List;

/**
 * The Authentication-Results field, in which a server says what it found out about a message and
 * its client (RFC 8601).
 *
 * <pre>{@code
 * AuthenticationResults results =
 *     AuthenticationResults.by("mx.example.org")
 *         .with(AuthResult.of("spf", AuthResult.Verdict.PASS).with("smtp", "mailfrom", "a@b.org"))
 *         .with(AuthResult.of("dkim", AuthResult.Verdict.FAIL).because("body hash differs"));
 * System.out.print(results.field());
 * }</pre>
 *
 * <p>It stands before the Received field of the same server. Take the fields that others forged in
 * your name out of the message first (section 5). Values are written so that nothing can leave its
 * place, wherever they come from: see {@link AuthResult}.
 *
 * <p>Immutable and safe for use by any thread.
 *
 * @param authservId names the authentication service: letters, digits, dots, hyphens and
 *     underscores; usually the server's own name
 * @param results in their order; without any the field says {@code none}
 */
public record AuthenticationResults(String authservId, List<AuthResult> results) {

  private static final int MAX_ID = 255;

  /**
   * Checks the id and takes a copy of the results.
   *
   * @throws IllegalArgumentException if the id has other characters, or is empty or too long
   */
  public AuthenticationResults {
    boolean isPlain =
        authservId.chars().allMatch(c -> AuthResult.isKeywordPart(c) || c == '.' || c == '_');
    if (!isPlain || authservId.isEmpty() || authservId.length() > MAX_ID) {
      throw new IllegalArgumentException(
          "An authserv-id is letters, digits, dots, hyphens and underscores");
    }
    results = List.copyOf(results);
  }

  /**
   * A field without results yet.
   *
   * @throws IllegalArgumentException if the id has other characters than it may have
   */
  public static AuthenticationResults by(String authservId) {
    return new AuthenticationResults(authservId, List.of());
  }

  /** This field with one result more. */
  public AuthenticationResults with(AuthResult result) {
    List<AuthResult> more = new ArrayList<>(results);
    more.add(result);
    return new AuthenticationResults(authservId, more);
  }

  /** The field on folded lines, each with its CR LF; ASCII. */
  public String field() {
    StringBuilder field = new StringBuilder("Authentication-Results: ").append(authservId);
    if (results.isEmpty()) {
      field.append("; none");
    }
    results.forEach(result -> field.append(";\r\n\t").append(result));
    return field.append("\r\n").toString();
  }

  @Override
  public String toString() {
    return field();
  }
}
