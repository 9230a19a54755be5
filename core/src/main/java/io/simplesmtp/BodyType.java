package io.simplesmtp;

/**
 * How the content of a message is encoded, as BODY declares it (RFC 6152 section 3, RFC 3030
 * section 3).
 *
 * <pre>{@code
 * BodyType declared = mailFrom.parameters().get(Parameter.BODY).orElse(BodyType.SEVEN_BIT);
 * }</pre>
 *
 * <p>Immutable and safe for use by any thread. Prints itself as in the parameter BODY.
 */
public enum BodyType {
  /** {@code 7BIT}. */
  SEVEN_BIT("7BIT"),
  /** {@code 8BITMIME}. */
  EIGHT_BIT_MIME("8BITMIME"),
  /**
   * {@code BINARYMIME}: any octets, which behind the header need not be lines of text, and which
   * come with BDAT alone. Legal only where the server offers it.
   */
  BINARYMIME("BINARYMIME");

  private final String word;

  BodyType(String word) {
    this.word = word;
  }

  /**
   * Reads the parameter's value, in any case.
   *
   * @throws IllegalArgumentException if it is none of the types
   */
  public static BodyType parse(String text) {
    for (BodyType type : values()) {
      if (Ascii.equalsIgnoreCase(text, type.word)) {
        return type;
      }
    }
    throw new IllegalArgumentException("BODY is 7BIT, 8BITMIME or BINARYMIME");
  }

  @Override
  public String toString() {
    return word;
  }
}
