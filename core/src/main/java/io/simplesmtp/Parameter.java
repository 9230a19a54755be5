package io.simplesmtp;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * A parameter of MAIL or RCPT: its keyword and the type of its value (RFC 5321 section 4.1.2).
 *
 * <pre>{@code
 * long declared = mailFrom.parameters().get(Parameter.SIZE).orElse(0L);
 * Parameter<Integer> level = Parameter.of(
 *     "XLEVEL", value -> Integer.valueOf(value.orElseThrow(IllegalArgumentException::new)));
 * }</pre>
 *
 * <p>Immutable and safe for use by any thread; compared by identity.
 *
 * @param <T> the type of the value
 */
public final class Parameter<T> {

  /** {@code SIZE=}: the size of the message in octets, as the client declares it (RFC 1870). */
  public static final Parameter<Long> SIZE = new Parameter<>("SIZE", Parameter::size);

  /** {@code BODY=}: how the content is encoded (RFC 6152). */
  public static final Parameter<BodyType> BODY = new Parameter<>("BODY", Parameter::body);

  /** {@code SMTPUTF8}: addresses and header may be UTF-8 (RFC 6531); its value is true. */
  public static final Parameter<Boolean> SMTPUTF8 =
      new Parameter<>("SMTPUTF8", value -> flag(value));

  /**
   * {@code AUTH=}: who submitted the message first, decoded from xtext; {@code <>} when that is not
   * known, and always from a client that is not authenticated (RFC 4954 section 5).
   */
  public static final Parameter<String> AUTH = new Parameter<>("AUTH", Parameter::submitter);

  /** {@code esmtp-keyword} of RFC 5321 section 4.1.2. */
  private static final Pattern KEYWORD = Pattern.compile("[A-Za-z0-9][A-Za-z0-9-]*");

  private static final int MAX_SIZE_DIGITS = 20;

  private final String keyword;
  private final Function<Optional<String>, T> parser;

  private Parameter(String keyword, Function<Optional<String>, T> parser) {
    this.keyword = keyword;
    this.parser = parser;
  }

  /**
   * Makes a parameter, for a service extension of your own.
   *
   * @param keyword letters, digits and hyphens, the first no hyphen; kept in capitals
   * @param parser reads what stands after the equals sign, empty when there is none, and throws an
   *     {@link IllegalArgumentException} if that does not follow the grammar: the client gets 501.
   *     The value has neither spaces nor control characters; it can be UTF-8
   * @throws IllegalArgumentException if the keyword is not legal
   */
  public static <T> Parameter<T> of(String keyword, Function<Optional<String>, T> parser) {
    if (!KEYWORD.matcher(keyword).matches()) {
      throw new IllegalArgumentException("Not the keyword of a parameter: " + keyword);
    }
    return new Parameter<>(keyword.toUpperCase(Locale.ROOT), parser);
  }

  /** The keyword in capitals. */
  public String keyword() {
    return keyword;
  }

  /**
   * Reads the value as it was written after the equals sign.
   *
   * @param value empty when there is no equals sign
   * @throws IllegalArgumentException if the value does not follow the parameter's grammar
   */
  public T parse(Optional<String> value) {
    return parser.apply(value);
  }

  @Override
  public String toString() {
    return keyword;
  }

  /** RFC 1870 section 3: one to twenty digits; more than a long holds counts as the largest. */
  private static Long size(Optional<String> value) {
    String digits = value.orElse("");
    if (digits.isEmpty()
        || digits.length() > MAX_SIZE_DIGITS
        || !digits.chars().allMatch(c -> Ascii.isDigit((char) c))) {
      throw new IllegalArgumentException("SIZE is a number of octets");
    }
    try {
      return Long.valueOf(digits);
    } catch (NumberFormatException e) {
      return Long.MAX_VALUE;
    }
  }

  private static BodyType body(Optional<String> value) {
    String written = value.orElse("");
    if (Ascii.equalsIgnoreCase(written, "7BIT")) {
      return BodyType.SEVEN_BIT;
    }
    if (Ascii.equalsIgnoreCase(written, "8BITMIME")) {
      return BodyType.EIGHT_BIT_MIME;
    }
    throw new IllegalArgumentException("BODY is 7BIT or 8BITMIME");
  }

  private static Boolean flag(Optional<String> value) {
    if (value.isPresent()) {
      throw new IllegalArgumentException("SMTPUTF8 has no value");
    }
    return true;
  }

  private static String submitter(Optional<String> value) {
    String xtext = value.orElse("");
    if (xtext.isEmpty()) {
      throw new IllegalArgumentException("AUTH is a mailbox or <>");
    }
    String decoded = xtext.equals("<>") ? xtext : decodeXtext(xtext);
    if (decoded.chars().anyMatch(c -> Ascii.isControl((char) c))) {
      throw new IllegalArgumentException("AUTH has no control characters");
    }
    return decoded;
  }

  /** RFC 3461 section 4: {@code xtext = *( xchar / hexchar )}, {@code hexchar = "+" 2HEXDIG}. */
  private static String decodeXtext(String xtext) {
    byte[] octets = new byte[xtext.length()];
    int n = 0;
    for (int i = 0; i < xtext.length(); i++) {
      char c = xtext.charAt(i);
      if (c < '!' || c > '~' || c == '=') {
        throw new IllegalArgumentException("Not an xtext");
      }
      if (c == '+') {
        octets[n++] = (byte) (hexDigit(xtext, i + 1) * 16 + hexDigit(xtext, i + 2));
        i += 2;
      } else {
        octets[n++] = (byte) c;
      }
    }
    return new String(octets, 0, n, StandardCharsets.UTF_8);
  }

  private static int hexDigit(String text, int at) {
    char c = at < text.length() ? text.charAt(at) : ' ';
    if (Ascii.isDigit(c)) {
      return c - '0';
    }
    if (c >= 'A' && c <= 'F') {
      return c - 'A' + 10;
    }
    throw new IllegalArgumentException("Not an xtext");
  }
}
