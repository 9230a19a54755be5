package io.simplesmtp;

/**
 * An enhanced mail system status code {@code class.subject.detail} (RFC 3463, RFC 2034).
 *
 * <pre>{@code
 * EnhancedStatus noSuchUser = EnhancedStatus.parse("5.1.1");
 * }</pre>
 *
 * <p>Immutable and safe for use by any thread.
 *
 * @param category the class: 2 success, 4 transient, 5 permanent
 * @param subject 0 to 999
 * @param detail 0 to 999
 */
public record EnhancedStatus(int category, int subject, int detail) {

  private static final int MAX = 999;

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if a number is out of its range
   */
  public EnhancedStatus {
    if ((category != 2 && category != 4 && category != 5)
        || subject < 0
        || subject > MAX
        || detail < 0
        || detail > MAX) {
      throw new IllegalArgumentException(
          "Not an enhanced status: " + category + "." + subject + "." + detail);
    }
  }

  /**
   * Reads a status such as {@code 5.1.1}.
   *
   * @throws IllegalArgumentException if the text is not a status
   */
  public static EnhancedStatus parse(String text) {
    String[] parts = text.split("\\.", -1);
    if (parts.length != 3) {
      throw new IllegalArgumentException("An enhanced status has three numbers: " + text);
    }
    try {
      return new EnhancedStatus(
          Integer.parseInt(parts[0]), Integer.parseInt(parts[1]), Integer.parseInt(parts[2]));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("An enhanced status has three numbers: " + text, e);
    }
  }

  @Override
  public String toString() {
    return category + "." + subject + "." + detail;
  }
}
