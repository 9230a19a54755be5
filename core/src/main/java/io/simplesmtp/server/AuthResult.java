package io.simplesmtp.server;

import io.simplesmtp.Domain;
import io.simplesmtp.ReversePath;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One method of authentication and what came of it, a part of {@link AuthenticationResults} (RFC
 * 8601 section 2.2).
 *
 * <pre>{@code
 * AuthResult spf = AuthResult.spf(AuthResult.Verdict.SOFTFAIL, Mailbox.parse("ann@example.org"));
 * AuthResult own = AuthResult.of("x-greylist", AuthResult.Verdict.PASS)
 *     .with("policy", "delay", "300");
 * }</pre>
 *
 * <p>Reasons and values may come from a client: what is no token and no address is quoted, a
 * control or a character beyond ASCII becomes {@code ?}, and of more than {@value #MAX_VALUE}
 * characters the rest is cut off. Immutable and safe for use by any thread.
 *
 * @param method a registered name, or one of your own: letters, digits and hyphens
 * @param verdict the result
 * @param reason why, in words
 * @param properties what was looked at
 */
public record AuthResult(
    String method, Verdict verdict, Optional<String> reason, List<Property> properties) {

  /** The longest value that is written whole, in characters. */
  public static final int MAX_VALUE = 400;

  private static final int MAX_KEYWORD = 64;

  /** {@code token} of RFC 2045 section 5.1. */
  private static final Pattern TOKEN = Pattern.compile("[-!#$%&'*+.\\w^`{|}~]+");

  /** The plain form of {@code [[local-part] "@"] domain-name}. */
  private static final Pattern ADDRESS =
      Pattern.compile("([-!#$%&'*+\\w^`{|}~]+(\\.[-!#$%&'*+\\w^`{|}~]+)*)?@[-\\w]+(\\.[-\\w]+)*");

  /** The results of section 2.7 and of RFC 7489; each method has some of them. */
  public enum Verdict {
    /** There was nothing to check. */
    NONE,
    /** The check succeeded. */
    PASS,
    /** The check failed. */
    FAIL,
    /** The client is probably not authorized (SPF). */
    SOFTFAIL,
    /** Nothing can be said. */
    NEUTRAL,
    /** The check succeeded, and local policy does not accept it. */
    POLICY,
    /** An error that may go away by itself. */
    TEMPERROR,
    /** An error that needs somebody's intervention. */
    PERMERROR
  }

  /**
   * Something of the message or the client that was looked at, such as {@code smtp.mailfrom=a@b}.
   *
   * @param type where it comes from: {@code smtp}, {@code header}, {@code body}, {@code policy}
   * @param name of the property
   * @param value as it was found
   */
  public record Property(String type, String name, String value) {

    /**
     * Checks type and name.
     *
     * @throws IllegalArgumentException if one is not letters, digits and hyphens
     */
    public Property {
      checkKeyword(type);
      checkKeyword(name);
    }

    @Override
    public String toString() {
      boolean isAddress = value.length() <= MAX_VALUE && ADDRESS.matcher(value).matches();
      return type + "." + name + "=" + (isAddress ? value : written(value));
    }
  }

  /**
   * Checks the method and takes a copy of the properties.
   *
   * @throws IllegalArgumentException if the method is not letters, digits and hyphens
   */
  public AuthResult {
    checkKeyword(method);
    properties = List.copyOf(properties);
  }

  /**
   * A result without reason and properties.
   *
   * @throws IllegalArgumentException if the method is not letters, digits and hyphens
   */
  public static AuthResult of(String method, Verdict verdict) {
    return new AuthResult(method, verdict, Optional.empty(), List.of());
  }

  /**
   * {@code auth=pass} with the user who proved to be that (section 2.7.4), or {@code auth=none}.
   */
  public static AuthResult auth(Session session) {
    return session
        .identity()
        .filter(identity -> !identity.isAnonymous())
        .map(identity -> of("auth", Verdict.PASS).with("smtp", "auth", identity.name()))
        .orElse(of("auth", Verdict.NONE));
  }

  /** {@code spf} with {@code smtp.mailfrom} (section 2.7.2); the null path has no property. */
  public static AuthResult spf(Verdict verdict, ReversePath path) {
    AuthResult result = of("spf", verdict);
    String mailbox = path.path().substring(1, path.path().length() - 1);
    return mailbox.isEmpty() ? result : result.with("smtp", "mailfrom", mailbox);
  }

  /** {@code dkim} with {@code header.d} and {@code header.s} (section 2.7.1). */
  public static AuthResult dkim(Verdict verdict, Domain signer, String selector) {
    return of("dkim", verdict).with("header", "d", signer.toAscii()).with("header", "s", selector);
  }

  /** {@code dmarc} with {@code header.from} (RFC 7489 section 11.1). */
  public static AuthResult dmarc(Verdict verdict, Domain author) {
    return of("dmarc", verdict).with("header", "from", author.toAscii());
  }

  /** {@code iprev} with the client's address (section 2.7.3), as text. */
  public static AuthResult iprev(Verdict verdict, String address) {
    return of("iprev", verdict).with("policy", "iprev", address);
  }

  /**
   * This result with one property more.
   *
   * @throws IllegalArgumentException if type or name are not letters, digits and hyphens
   */
  public AuthResult with(String type, String name, String value) {
    List<Property> more = new ArrayList<>(properties);
    more.add(new Property(type, name, value));
    return new AuthResult(method, verdict, reason, more);
  }

  /** This result with a reason. */
  public AuthResult because(String words) {
    return new AuthResult(method, verdict, Optional.of(words), properties);
  }

  /** {@code resinfo} without its semicolon: reason and properties on folded lines. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(method);
    text.append('=').append(verdict.name().toLowerCase(Locale.ROOT));
    reason.ifPresent(words -> text.append("\r\n\t reason=").append(written(words)));
    properties.forEach(property -> text.append("\r\n\t ").append(property));
    return text.toString();
  }

  /** {@code value}: a token, or all of it quoted. */
  private static String written(String value) {
    String text = value.length() > MAX_VALUE ? value.substring(0, MAX_VALUE) : value;
    if (TOKEN.matcher(text).matches()) {
      return text;
    }
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        quoted.append('\\');
      }
      quoted.append(c >= ' ' && c <= '~' ? c : '?');
    }
    return quoted.append('"').toString();
  }

  private static void checkKeyword(String text) {
    if (text.isEmpty()
        || text.length() > MAX_KEYWORD
        || !text.chars().allMatch(AuthResult::isKeywordPart)) {
      throw new IllegalArgumentException("A keyword is letters, digits and hyphens");
    }
  }

  static boolean isKeywordPart(int c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-';
  }
}
