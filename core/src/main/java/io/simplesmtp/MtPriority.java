package io.simplesmtp;

import java.util.regex.Pattern;

/**
 * How urgent a message is (RFC 6710): above zero sooner than others, below zero later.
 *
 * <pre>{@code
 * MtPriority asked = mailFrom.parameters().get(Parameter.MT_PRIORITY).orElse(MtPriority.NORMAL);
 * }</pre>
 *
 * <p>Immutable and safe for use by any thread. Prints itself as in the parameter MT-PRIORITY.
 *
 * @param level -9 to 9
 */
public record MtPriority(int level) {

  /** That of a message without the parameter. */
  public static final MtPriority NORMAL = new MtPriority(0);

  private static final int MAX = 9;
  private static final Pattern FORM = Pattern.compile("0|-?[1-9]");

  /**
   * Checks the level.
   *
   * @throws IllegalArgumentException if it is out of its range
   */
  public MtPriority {
    if (level < -MAX || level > MAX) {
      throw new IllegalArgumentException("MT-PRIORITY is -9 to 9: " + level);
    }
  }

  /**
   * Reads the parameter's value: a digit, with a minus sign before it if it is negative.
   *
   * @throws IllegalArgumentException if it has another form
   */
  public static MtPriority parse(String text) {
    if (!FORM.matcher(text).matches()) {
      throw new IllegalArgumentException("MT-PRIORITY is -9 to 9");
    }
    return new MtPriority(Integer.parseInt(text));
  }

  @Override
  public String toString() {
    return Integer.toString(level);
  }
}
