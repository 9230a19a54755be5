package io.simplesmtp;

/**
 * How much of a message comes back with a report that it could not be delivered (RFC 3461 section
 * 4.3).
 *
 * <pre>{@code
 * Ret asked = mailFrom.parameters().get(Parameter.RET).orElse(Ret.HDRS);
 * }</pre>
 *
 * <p>Immutable and safe for use by any thread. Prints itself as in the parameter RET.
 */
public enum Ret {
  /** All of it. */
  FULL,
  /** Its header. */
  HDRS;

  /**
   * Reads the parameter's value, in any case.
   *
   * @throws IllegalArgumentException if it is neither of the two
   */
  public static Ret parse(String text) {
    for (Ret ret : values()) {
      if (Ascii.equalsIgnoreCase(text, ret.name())) {
        return ret;
      }
    }
    throw new IllegalArgumentException("RET is FULL or HDRS");
  }
}
