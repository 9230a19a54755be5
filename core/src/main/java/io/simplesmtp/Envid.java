package io.simplesmtp;

/**
 * The sender's own name for a transaction, which comes back in reports (RFC 3461 section 4.4). The
 * server does not look into it, and does not make it unique; its own name for a transaction is
 * {@link Envelope#id}.
 *
 * <pre>{@code
 * Optional<Envid> envid = mailFrom.parameters().get(Parameter.ENVID);
 * envid.ifPresent(id -> System.out.println("Original-Envelope-Id: " + id.value()));
 * }</pre>
 *
 * <p>Immutable and safe for use by any thread. Prints itself as in the parameter ENVID.
 *
 * @param value printable ASCII and spaces, not empty; its xtext has at most {@value #MAX_LENGTH}
 *     characters
 */
public record Envid(String value) {

  /** The longest xtext that it can be. */
  public static final int MAX_LENGTH = 100;

  /**
   * Checks the value.
   *
   * @throws IllegalArgumentException if it is empty or too long, or not printable ASCII
   */
  public Envid {
    if (value.isEmpty() || !Ascii.isPrintable(value)) {
      throw new IllegalArgumentException("ENVID is printable ASCII");
    }
    if (Xtext.encode(value).length() > MAX_LENGTH) {
      throw new IllegalArgumentException("ENVID has at most " + MAX_LENGTH + " characters");
    }
  }

  /**
   * Reads the parameter's value, an xtext.
   *
   * @throws IllegalArgumentException if it is none, or breaks the rules of {@link #value}
   */
  public static Envid parse(String xtext) {
    if (xtext.length() > MAX_LENGTH) {
      throw new IllegalArgumentException("ENVID has at most " + MAX_LENGTH + " characters");
    }
    return new Envid(Xtext.decode(xtext));
  }

  @Override
  public String toString() {
    return Xtext.encode(value);
  }
}
