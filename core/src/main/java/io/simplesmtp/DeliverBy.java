package io.simplesmtp;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The time in which a message is to be delivered, and what is done if it is not (RFC 2852 section
 * 4).
 *
 * <pre>{@code
 * DeliverBy deadline = new DeliverBy(Duration.ofMinutes(2), DeliverBy.Mode.RETURN, false);
 * System.out.println(deadline); // 120;R
 * }</pre>
 *
 * <p>Immutable and safe for use by any thread. Prints itself as in the parameter BY.
 *
 * @param time whole seconds from MAIL on, at most {@value #MAX_SECONDS}; negative or zero if it is
 *     over already, which {@link Mode#RETURN} does not allow
 * @param mode what is done when the time is over
 * @param isTraced whether each server on the way reports that it passed the message on
 */
public record DeliverBy(Duration time, Mode mode, boolean isTraced) {

  /** The longest time, in seconds, on either side of zero. */
  public static final int MAX_SECONDS = 999_999_999;

  private static final Pattern FORM = Pattern.compile("([+-]?[0-9]{1,9});([NnRr])([Tt]?)");

  /** What is done when the time is over. */
  public enum Mode {
    /** The sender is told, and the message stays on its way. */
    NOTIFY("N"),
    /** The message is returned to its sender as undeliverable. */
    RETURN("R");

    private final String letter;

    Mode(String letter) {
      this.letter = letter;
    }

    /** Its letter in the parameter. */
    @Override
    public String toString() {
      return letter;
    }
  }

  /**
   * Checks the time.
   *
   * @throws IllegalArgumentException if it is out of its range, or has a fraction of a second
   */
  public DeliverBy {
    long seconds = time.toSeconds();
    if (time.toNanosPart() != 0 || seconds > MAX_SECONDS || seconds < -MAX_SECONDS) {
      throw new IllegalArgumentException("BY has at most " + MAX_SECONDS + " whole seconds");
    }
    if (mode == Mode.RETURN && !time.isPositive()) {
      throw new IllegalArgumentException("BY in mode R has a positive time");
    }
  }

  /**
   * Reads the parameter's value, such as {@code 120;R} or {@code -5;NT}.
   *
   * @throws IllegalArgumentException if it has another form, or its time is out of its range
   */
  public static DeliverBy parse(String text) {
    Matcher parts = FORM.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException("BY has the form seconds;mode");
    }
    boolean isReturn = Ascii.equalsIgnoreCase(parts.group(2), Mode.RETURN.letter);
    return new DeliverBy(
        Duration.ofSeconds(Integer.parseInt(parts.group(1))),
        isReturn ? Mode.RETURN : Mode.NOTIFY,
        !parts.group(3).isEmpty());
  }

  @Override
  public String toString() {
    return time.toSeconds() + ";" + mode + (isTraced ? "T" : "");
  }
}
